// Sends one picture in pieces and goes on where it stopped, whatever happens to the connection.
import type { FlowClient } from './client';
import { Refusal, ServerDown } from './client';
import type { FlowView, Step, UploadTicket } from './wire';

export interface Parcel {
  nodeId: string;
  part: string;
  picture: Blob;
  sha256: string;
}

export interface UploadWatcher {
  /** Fraction sent, 0 to 1. */
  onProgress(fraction: number): void;
  signal?: AbortSignal;
}

/** Failures that are not the network's, in a row, before giving up. */
const MOST_TRIES = 8;

/** Refusals that sending anew may cure. */
const REPEATABLE: readonly string[] = ['checksum_mismatch', 'incomplete', 'upload_not_found'];

/**
 * How much to send at once: small pieces on a slow line, so that each gets through before it is
 * cut off and the bar moves; large ones on a fast line.
 */
export class Pace {
  bytes = 64 * 1024;
  /** Whether anything arrived since it was last set to false. */
  moved = false;

  took(milliseconds: number): void {
    this.moved = true;
    if (milliseconds < 700) this.bytes = Math.min(this.bytes * 2, 512 * 1024);
    else if (milliseconds > 4000) this.slower();
  }

  slower(): void {
    this.bytes = Math.max(this.bytes / 2, 16 * 1024);
  }
}

/** Uploads `parcel` and resolves to the session as it stands afterwards. */
export async function upload(
  client: FlowClient, parcel: Parcel, before: Step, watcher: UploadWatcher,
): Promise<FlowView> {
  const pace = new Pace();
  let fresh = 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      const ticket = await begin(client, parcel, watcher.signal);
      const whole = await sendAll(client, ticket, parcel.picture, watcher, pace);
      if (pace.moved) tries = 0;
      if (whole) {
        const view = await client.completeUpload(ticket.upload_id, watcher.signal);
        if (view) return view;
      }
    } catch (error) {
      // Damaged on the way, or forgotten by the server: once more, then let the person know.
      if (error instanceof Refusal && REPEATABLE.includes(error.code) && fresh++ === 0) continue;
      // The answer to "complete" may have been lost; then the upload is simply over.
      const view = error instanceof Refusal && tries > 0 ? await landed(client, parcel, before) : null;
      if (view) return view;
      throw error;
    }
    await client.waitForNetwork(Math.min(tries, 4), watcher.signal);
    const view = await landed(client, parcel, before);
    if (view) return view;
  }
  throw new ServerDown();
}

function begin(client: FlowClient, parcel: Parcel, signal?: AbortSignal): Promise<UploadTicket> {
  return client.beginUpload(
    { node_id: parcel.nodeId, part: parcel.part, size: parcel.picture.size, sha256: parcel.sha256 },
    signal,
  );
}

/** Sends from the ticket's offset on; false when the connection was lost on the way. */
async function sendAll(
  client: FlowClient, ticket: UploadTicket, picture: Blob, watcher: UploadWatcher, pace: Pace,
): Promise<boolean> {
  let offset = ticket.offset;
  pace.moved = false;
  watcher.onProgress(offset / picture.size);
  while (offset < picture.size) {
    const piece = picture.slice(offset, offset + Math.min(pace.bytes, ticket.chunk_bytes));
    const started = performance.now();
    const next = await client.sendPiece(ticket.upload_id, offset, piece, watcher.signal);
    // No answer, or the server stands elsewhere: ask it anew where to go on.
    if (next === null || next <= offset) {
      pace.slower();
      return false;
    }
    pace.took(performance.now() - started);
    offset = next;
    watcher.onProgress(offset / picture.size);
  }
  return true;
}

/** The session, if it shows that this parcel has already arrived; otherwise null. */
async function landed(client: FlowClient, parcel: Parcel, before: Step): Promise<FlowView | null> {
  const view = await client.session();
  return hasArrived(view, parcel, before) ? view : null;
}

/** Whether `view` can only be explained by the parcel having arrived since `before`. */
export function hasArrived(view: FlowView, parcel: Pick<Parcel, 'nodeId' | 'part'>, before: Step): boolean {
  const step = view.step;
  if (!step || step.node_id !== parcel.nodeId) return true;
  if (step.state === 'checking' || step.state === 'unavailable') return true;
  if (step.state === 'retry') return before.state !== 'retry' || step.attempts_left !== before.attempts_left;
  return step.uploaded.includes(parcel.part);
}
