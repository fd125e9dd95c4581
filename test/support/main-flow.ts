/** The parts of the installation that the flow through the typed client needs. */
export interface FlowHouse {
  url: string;
  letter: string;
  editor: { username: string; password: string };
  /** Signed in already: a session with a code of the phone. */
  approver: FlowSession;
  admin: FlowSession;
  /** Runs every job that is due. */
  drain(): Promise<void>;
  /** Moves the clock past the day. */
  evening(): void;
}

export interface FlowSession {
  cookie: string;
  csrfToken: string;
}

/** The result at the end. */
export interface FlowResult {
  directiveId: string;
  slots: number;
  aired: number;
  /** The code of an error that the flow provoked on purpose. */
  refusal: string;
}

export type MainFlow = (house: FlowHouse) => Promise<FlowResult>;
