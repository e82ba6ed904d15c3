// Which wording fits a side of a document.
import type { DocumentType, Side, Step } from '../../capture/wire';

/** A passport has one side that matters, and it is called the photo page. */
export function sideWord(step: Step, part: Side): 'passport' | Side {
  return step.document_type === 'P' && part === 'front' ? 'passport' : part;
}

export function kindOf(step: Step): DocumentType {
  return step.document_type ?? 'ID';
}

/** Width over height: ICAO 9303 TD3 data page (125 × 88 mm), and ID-1 cards (85.6 × 54 mm). */
export function shapeOf(step: Step): number {
  return step.document_type === 'P' ? 125 / 88 : 85.6 / 53.98;
}
