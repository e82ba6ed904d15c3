// The private HTTP API of the hosted flow, as it travels.

export type SessionStatus =
  | 'Not Started'
  | 'In Progress'
  | 'In Review'
  | 'Approved'
  | 'Declined'
  | 'Resubmitted'
  | 'Awaiting User'
  | 'Abandoned'
  | 'Expired'
  | 'Kyc Expired';

/** P passport, ID national card, DL driving licence, RP residence permit, HIC health card, … */
export type DocumentType = 'P' | 'ID' | 'DL' | 'RP' | 'HIC' | 'TC' | 'SSC';
export type Side = 'front' | 'back';
export type CaptureMethod = 'CAMERA_SCAN' | 'UPLOAD';

export interface Warning {
  /** Code of the warning catalogue, for example MRZ_NOT_DETECTED. */
  risk: string;
  short_description: string;
}

export interface StepMark {
  node_id: string;
  feature: string;
  state: 'done' | 'current' | 'todo';
}

export interface Step {
  node_id: string;
  feature: string;
  state: 'choose' | 'capture' | 'checking' | 'retry' | 'unavailable';
  attempts_left: number;
  document_types: DocumentType[];
  /** ISO 3166-1 alpha-3; null means every country. */
  countries: string[] | null;
  country: string | null;
  document_type: DocumentType | null;
  sides: Side[];
  uploaded: Side[];
  capture_methods: CaptureMethod[];
  warnings: Warning[];
}

export interface Result {
  status: SessionStatus;
  warnings: Warning[];
}

/** Everything the page may know; the answer of nearly every call. */
export interface FlowView {
  session_id: string;
  status: SessionStatus;
  environment: 'live' | 'sandbox';
  language: string | null;
  application_name: string;
  consent_given: boolean;
  privacy_url: string | null;
  redirect_url: string | null;
  redirect_after_seconds: number;
  steps: StepMark[];
  step: Step | null;
  result: Result | null;
}

/** Where an upload stands on the server. */
export interface UploadTicket {
  upload_id: string;
  offset: number;
  chunk_bytes: number;
}
