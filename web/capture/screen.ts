// Decides what the person sees, from the server's view and what they are doing right now.
import type { FlowView, Form, SessionStatus, Side, Step } from './wire';

/** What the person does with the current side; only the page knows it. */
export type Doing = 'reading' | 'aiming' | 'looking' | 'sending';

export type Screen =
  | { name: 'consent' }
  | { name: 'choose'; step: Step }
  | { name: 'instructions' | 'camera' | 'preview' | 'sending'; step: Step; part: Side }
  | { name: 'address' | 'code'; step: Step }
  | { name: 'checking'; step: Step | null }
  | { name: 'retry'; step: Step }
  | { name: 'form'; step: Step; form: Form }
  | { name: 'unavailable'; step: Step }
  | { name: 'result'; status: SessionStatus };

/** Statuses after which the person has nothing left to do here. */
const ENDED: readonly SessionStatus[] = [
  'In Review', 'Approved', 'Declined', 'Awaiting User', 'Abandoned', 'Expired', 'Kyc Expired',
];

const CAPTURED: Record<Doing, 'instructions' | 'camera' | 'preview' | 'sending'> = {
  reading: 'instructions',
  aiming: 'camera',
  looking: 'preview',
  sending: 'sending',
};

/** Choices made in the page that the server need not know. */
export interface Wishes {
  doing: Doing;
  /** The person has read why the last attempt failed and goes on. */
  again: boolean;
  /** The person wants to use another document, or another address. */
  rechoose: boolean;
}

export function hasEnded(view: FlowView): boolean {
  // A session sent back by a reviewer has a step again once it can go on.
  const waiting = view.status === 'Resubmitted' && view.step === null;
  return view.result !== null || waiting || ENDED.includes(view.status);
}

export function screenOf(view: FlowView, wishes: Wishes): Screen {
  if (hasEnded(view)) return { name: 'result', status: view.result?.status ?? view.status };
  if (!view.consent_given) return { name: 'consent' };
  const step = view.step;
  if (!step) return { name: 'checking', step: null };
  if (step.state === 'form' && step.form) return { name: 'form', step, form: step.form };
  if (step.contact && (step.state === 'contact' || step.state === 'code')) {
    return { name: step.state === 'code' && !wishes.rechoose ? 'code' : 'address', step };
  }
  if (step.feature !== 'OCR' || step.state === 'unavailable') {
    return step.state === 'checking' ? { name: 'checking', step } : { name: 'unavailable', step };
  }
  if (step.state === 'checking') return { name: 'checking', step };
  if (step.state === 'choose' || !step.document_type || wishes.rechoose) return { name: 'choose', step };
  if (step.state === 'retry' && !wishes.again) return { name: 'retry', step };
  const part = nextSide(step);
  if (!part) return { name: 'checking', step };
  return { name: CAPTURED[wishes.doing], step, part };
}

/** The first side still wanted; a failed attempt's uploads do not count. */
export function nextSide(step: Step): Side | null {
  const uploaded = step.state === 'retry' ? [] : step.uploaded;
  return step.sides.find((side) => !uploaded.includes(side)) ?? null;
}

/** How far along a step is, 0 to 1, for the progress line. */
export function progressWithin(screen: Screen): number {
  switch (screen.name) {
    case 'choose': case 'address': return 0.1;
    case 'code': return 0.5;
    case 'instructions': return 0.3 + sideShare(screen);
    case 'camera': return 0.35 + sideShare(screen);
    case 'preview': return 0.4 + sideShare(screen);
    case 'sending': return 0.5 + sideShare(screen);
    case 'retry': case 'form': return 0.3;
    case 'checking': case 'unavailable': return 0.9;
    default: return 0;
  }
}

function sideShare({ step, part }: { step: Step; part: Side }): number {
  return (0.35 * step.sides.indexOf(part)) / step.sides.length;
}
