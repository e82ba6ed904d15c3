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
  state: 'choose' | 'capture' | 'checking' | 'retry' | 'unavailable' | 'form' | 'contact' | 'code';
  attempts_left: number;
  document_types: DocumentType[];
  /** ISO 3166-1 alpha-3; null means every country. */
  countries: string[] | null;
  country: string | null;
  document_type: DocumentType | null;
  sides: Side[];
  /** Sides of a document, or files of a form as `{question}.{number}`. */
  uploaded: string[];
  capture_methods: CaptureMethod[];
  warnings: Warning[];
  /** The questions of a questionnaire's step. */
  form?: Form;
  /** At a step that proves an e-mail address or a phone number. */
  contact?: Contact | null;
}

export interface Contact {
  kind: 'email' | 'phone';
  /** What the field holds at first. */
  value: string | null;
  /** The integrator named the address; it cannot be changed. */
  fixed: boolean;
  /** ISO 3166-1 alpha-2; null means every country. */
  countries: string[] | null;
  corporate_only: boolean;
  code: SentCode | null;
}

export interface SentCode {
  sent_to: string;
  /** `email`, `sms`, `whatsapp`, … */
  channel: string;
  size: number;
  alphanumeric: boolean;
  /** Seconds. */
  expires_in: number;
  resend_in: number;
  sends_left: number;
  checks_left: number;
}

/** One text in every language of the form. */
export type Texts = Record<string, string>;

export interface Form {
  languages: string[];
  default_language: string;
  elements: FormElement[];
}

export interface FormElement {
  id: string;
  /** SHORT_TEXT, SINGLE_CHOICE, HEADING and so on (core API §5.8). */
  kind: string;
  title: Texts;
  description?: Texts;
  placeholder?: Texts;
  is_required: boolean;
  choices?: { value: string; label: Texts; requires_text_input: boolean }[];
  max_files?: number;
  validation?: { max_length?: number; error_message?: Texts };
  group?: { min_items: number; max_items: number; elements: FormElement[] };
}

/** What was answered to one question. */
export interface Answer {
  value?: string | string[] | boolean | null;
  /** The text beside a choice that asks for one. */
  text?: string;
  entries?: Answers[];
}

export type Answers = Record<string, Answer>;

/** What is wrong, by question; within a group by entry. */
export type Wrong = { [question: string]: string[] | { [entry: string]: Wrong } };

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
