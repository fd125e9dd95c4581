/** The lines above the body, cut into cells: a head in two columns is flattened in many ways. */
export interface HeadCell {
  text: string;
  low: string;
  /** Line of the zone that the cell stands on; a difference above 1 means blank lines between. */
  line: number;
}
