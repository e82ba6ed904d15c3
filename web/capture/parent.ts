// Tells the page that embeds this one what happens. No personal data: the parent may be anyone.

export type StepName = 'document_selection' | 'document_front' | 'document_back' | 'email' | 'phone';

/** Event types of the contract and their data; `sessionId` is added to each. */
export interface FlowEvents {
  ready: Record<string, never>;
  started: Record<string, never>;
  step_started: { step: StepName };
  step_completed: { step: StepName; nextStep?: StepName };
  step_changed: { step: StepName; previousStep?: StepName };
  media_started: { step: StepName; mediaType: 'camera' };
  media_captured: { step: StepName; isAuto: boolean };
  document_selected: { documentType: string; country: string };
  code_sent: { step: StepName; channel: string; codeSize: number; retriesLeft?: number };
  code_verified: { step: StepName; channel?: string };
  verification_submitted: { step: StepName; documentType?: string };
  status_updated: { status: string; previousStatus?: string };
  completed: { status: string; country?: string; documentType?: string };
  error: { error: 'sessionExpired' | 'networkError' | 'cameraAccessDenied' | 'unknown'; step?: StepName };
}

export type Announce = <T extends keyof FlowEvents>(type: T, data: FlowEvents[T]) => void;

/** A sender of `didit:*` messages for the session; does nothing when the page is not embedded. */
export function announcer(sessionId: () => string | undefined, target: Window = window.parent): Announce {
  return (type, data) => {
    if (target === window) return;
    const session = sessionId();
    const message = {
      type: `didit:${type}`,
      data: session ? { ...data, sessionId: session } : { ...data },
      timestamp: Date.now(),
    };
    // The embedding page's origin is not known here; see the note on top.
    target.postMessage(message, '*');
  };
}
