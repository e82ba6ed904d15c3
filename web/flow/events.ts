// What to tell the embedding page when the session moves from one view to the next.
import type { FlowEvents, StepName } from '../capture/parent';
import { hasEnded, nextSide } from '../capture/screen';
import type { FlowView, Side } from '../capture/wire';

type Message = { [T in keyof FlowEvents]: { type: T; data: FlowEvents[T] } }[keyof FlowEvents];

export function stepNameOf(part: Side): StepName {
  return part === 'front' ? 'document_front' : 'document_back';
}

/** The part of the document step that a view asks for; null outside of it. */
function stepIn(view: FlowView | null): StepName | null {
  const step = view?.consent_given && !hasEnded(view) ? view.step : null;
  if (step?.contact) return step.contact.kind;
  if (!step || step.feature !== 'OCR') return null;
  if (step.state === 'choose') return 'document_selection';
  const side = step.state === 'capture' || step.state === 'retry' ? nextSide(step) : null;
  return side && stepNameOf(side);
}

export function transitions(before: FlowView | null, after: FlowView): Message[] {
  const messages: Message[] = [];
  const was = stepIn(before);
  const is = stepIn(after);
  if (was !== is) {
    if (was) messages.push({ type: 'step_completed', data: is ? { step: was, nextStep: is } : { step: was } });
    if (is) messages.push({ type: 'step_started', data: { step: is } });
    if (was && is) messages.push({ type: 'step_changed', data: { step: is, previousStep: was } });
  }
  const documentType = after.step?.document_type ?? before?.step?.document_type ?? undefined;
  const submitted = was !== null && was.startsWith('document') && was !== 'document_selection' && before?.step?.state !== 'checking'
    && (after.step?.state === 'checking' || hasEnded(after));
  if (submitted) messages.push({ type: 'verification_submitted', data: { step: was, documentType } });
  if (before && before.status !== after.status) {
    messages.push({ type: 'status_updated', data: { status: after.status, previousStatus: before.status } });
  }
  if (hasEnded(after) && !(before && hasEnded(before))) messages.push(ending(before, after));
  return messages;
}

function ending(before: FlowView | null, after: FlowView): Message {
  if (after.status === 'Expired' || after.status === 'Abandoned') {
    return { type: 'error', data: { error: 'sessionExpired' } };
  }
  const step = after.step ?? before?.step;
  return {
    type: 'completed',
    data: { status: after.status, country: step?.country ?? undefined, documentType: step?.document_type ?? undefined },
  };
}
