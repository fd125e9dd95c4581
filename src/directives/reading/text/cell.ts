/** One cell of the lines above the body; a head in two columns is flattened in many ways. */
export interface HeadCell {
  text: string;
  low: string;
  /** Line of the zone that holds the cell; a difference above 1 means blank lines between. */
  line: number;
}
