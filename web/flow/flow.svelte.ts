// The page's state: the server's view, what the person is doing, and every step between them.
import { addressOf, pathIn, pickLanguage } from '../capture/address';
import { FlowClient, Refusal } from '../capture/client';
import { forget, keep, keptFor, keyOf, tidy, type Kept } from '../capture/keep';
import { announcer } from '../capture/parent';
import { pollPause } from '../capture/patience';
import { fromFile, PictureError } from '../capture/picture';
import { hasEnded, screenOf, type Doing, type Screen } from '../capture/screen';
import { sha256 } from '../capture/digest';
import { hasArrived, upload } from '../capture/upload';
import type { Answers, DocumentType, FlowView, Side, Step, Wrong } from '../capture/wire';
import { stepNameOf, transitions } from './events';
import { language, languages, t } from './language.svelte';

export type Trouble = 'not_found' | 'failed';
export type FileTrouble = 'not_an_image' | 'empty' | 'unreadable' | 'too_large' | 'checksum_mismatch' | 'refused';

export interface Shot {
  picture: Blob;
  /** Object URL of `picture`. */
  url: string;
  fromCamera: boolean;
}

const FILE_TROUBLES: readonly string[] = ['not_an_image', 'too_large', 'checksum_mismatch'];

/** Why an address or a code was not taken; words for each are under `contact_error`. */
export type ContactTrouble =
  | 'invalid_address' | 'number_not_allowed' | 'corporate_only' | 'undeliverable' | 'not_sent' | 'too_soon'
  | 'no_sends_left' | 'too_many_codes' | 'wrong_code' | 'code_expired';

const CONTACT_TROUBLES: readonly string[] = [
  'invalid_address', 'number_not_allowed', 'corporate_only', 'undeliverable', 'not_sent', 'too_soon', 'no_sends_left',
  'too_many_codes', 'wrong_code', 'code_expired',
];

export class Flow {
  view = $state.raw<FlowView | null>(null);
  trouble = $state<Trouble | null>(null);
  /** A call is waiting for the network. */
  waiting = $state(false);
  /** A call that the person started is on its way. */
  busy = $state(false);
  shot = $state.raw<Shot | null>(null);
  /** Fraction of the picture that has arrived, 0 to 1. */
  progress = $state(0);
  fileTrouble = $state<FileTrouble | null>(null);
  notAllowed = $state(false);
  contactTrouble = $state<ContactTrouble | null>(null);
  /** Counts codes that left, so that their screen starts afresh. */
  codesSent = $state(0);
  polls = $state(0);
  private doing = $state<Doing>('reading');
  private again = $state(false);
  private rechoose = $state(false);

  readonly screen = $derived.by((): Screen | null =>
    this.view ? screenOf(this.view, { doing: this.doing, again: this.again, rechoose: this.rechoose }) : null,
  );
  readonly application = $derived(this.view?.application_name ?? '');

  readonly announce = announcer(() => this.view?.session_id);
  private readonly address = addressOf(location.pathname);
  private readonly client = new FlowClient(this.address?.token ?? '', (waiting) => (this.waiting = waiting));
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private sending: AbortController | null = null;
  private refreshing = false;

  get token(): string {
    return this.address?.token ?? '';
  }

  /** Opens the session; called once, and again when the person asks for another try. */
  async start(): Promise<void> {
    this.trouble = null;
    const wishes = [this.address?.language ?? null, ...navigator.languages];
    await language.use(pickLanguage(wishes, languages));
    if (!this.address) {
      this.trouble = 'not_found';
      return;
    }
    void tidy(null, Date.now());
    await this.attempt(async () => {
      const view = await this.client.open(language.tag);
      if (!this.address?.language && view.language) {
        await language.use(pickLanguage([view.language], languages));
      }
      this.accept(view);
      await this.resume();
    });
  }

  async speak(tag: string): Promise<void> {
    await language.use(tag);
    history.replaceState(null, '', pathIn(tag, this.token) + location.search);
  }

  consent(): Promise<void> {
    return this.attempt(async () => {
      const view = await this.client.consent();
      this.announce('started', {});
      this.accept(view);
    });
  }

  async choose(step: Step, country: string, documentType: DocumentType): Promise<void> {
    this.notAllowed = false;
    await this.attempt(async () => {
      try {
        // Sides of the document that is put aside do not belong to the new one.
        const old = documentType === step.document_type || step.state !== 'capture' ? [] : step.uploaded;
        for (const part of old) await this.client.discard(step.node_id, part);
        const view = await this.client.choose(step.node_id, country, documentType);
        this.rechoose = false;
        this.doing = 'reading';
        // A new document after a failed attempt: the reasons of the old one have been read.
        this.again = view.step?.state === 'retry';
        this.announce('document_selected', { documentType, country });
        this.accept(view);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'document_not_allowed') throw error;
        this.notAllowed = true;
      }
    });
  }

  useAnotherDocument(): void {
    this.fileTrouble = null;
    this.rechoose = true;
  }

  keepDocument(): void {
    this.rechoose = false;
  }

  /** Sends a code to what was typed; to the same address again without it. */
  sendCode(step: Step, typed: string | null): Promise<void> {
    const kind = step.contact?.kind ?? 'email';
    const value = typed ?? step.contact?.code?.sent_to ?? step.contact?.value ?? '';
    return this.contact(async () => {
      const view = await this.client.sendCode(step.node_id, { [kind]: value });
      const code = view.step?.contact?.code;
      this.rechoose = false;
      this.codesSent += 1;
      if (code) {
        const data = { step: kind, channel: code.channel, codeSize: code.size, retriesLeft: code.sends_left } as const;
        this.announce('code_sent', data);
      }
      this.accept(view);
    });
  }

  checkCode(step: Step, code: string): Promise<void> {
    return this.contact(async () => {
      const view = await this.client.checkCode(step.node_id, code);
      const kind = step.contact?.kind ?? 'email';
      const declined = view.result?.warnings.some(({ risk }) => risk.endsWith('CODE_ATTEMPTS_EXCEEDED'));
      if (!declined) this.announce('code_verified', { step: kind, channel: step.contact?.code?.channel });
      this.accept(view);
    });
  }

  private async contact(work: () => Promise<void>): Promise<void> {
    this.contactTrouble = null;
    await this.attempt(async () => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Refusal) || !CONTACT_TROUBLES.includes(error.code)) throw error;
        // How many guesses and messages are left has changed.
        this.accept(await this.client.session());
        this.contactTrouble = error.code as ContactTrouble;
      }
    });
  }

  changeAddress(): void {
    this.contactTrouble = null;
    this.rechoose = true;
  }

  tryAgain(): void {
    this.again = true;
    this.doing = 'reading';
  }

  aim(): void {
    this.fileTrouble = null;
    this.doing = 'aiming';
  }

  read(): void {
    this.drop();
    this.doing = 'reading';
  }

  /** Shows a picture to the person before it is sent. */
  async look(picture: Blob, fromCamera: boolean): Promise<void> {
    const at = this.capturing();
    if (!at) return;
    this.drop();
    if (fromCamera) this.announce('media_captured', { step: stepNameOf(at.part), isAuto: false });
    this.shot = { picture, url: URL.createObjectURL(picture), fromCamera };
    this.doing = 'looking';
    await keep(this.recordOf(at, false));
  }

  async lookAtFile(file: File): Promise<void> {
    this.fileTrouble = null;
    try {
      await this.look(await fromFile(file), false);
    } catch (error) {
      this.fileTrouble = error instanceof PictureError ? error.trouble : 'refused';
      this.doing = 'reading';
    }
  }

  /** Back to where the picture came from. */
  retake(): void {
    const fromCamera = this.shot?.fromCamera ?? false;
    this.read();
    if (fromCamera) this.doing = 'aiming';
  }

  /** Takes back a side that has arrived. */
  replace(step: Step, part: Side): Promise<void> {
    return this.attempt(async () => {
      this.doing = 'reading';
      this.accept(await this.client.discard(step.node_id, part));
    });
  }

  /** Sends the form; resolves to what is wrong with it, by question. */
  async answer(step: Step, answers: Answers): Promise<Wrong> {
    let wrong: Wrong = {};
    await this.attempt(async () => {
      try {
        this.accept(await this.client.answer(step.node_id, answers));
      } catch (error) {
        if (!(error instanceof Refusal) || !error.body.answers) throw error;
        wrong = error.body.answers as Wrong;
      }
    });
    return wrong;
  }

  /** Sends a file that answers a question; resolves to why it was not taken, if it was not. */
  async attach(step: Step, part: string, file: File): Promise<FileTrouble | null> {
    let trouble: FileTrouble | null = null;
    await this.attempt(async () => {
      try {
        const picture = file.type === 'application/pdf' ? file : await fromFile(file);
        const parcel = { nodeId: step.node_id, part, picture, sha256: await sha256(await picture.arrayBuffer()) };
        this.accept(await upload(this.client, parcel, step, { onProgress: (fraction) => (this.progress = fraction) }));
      } catch (error) {
        if (error instanceof PictureError) trouble = error.trouble;
        else if (error instanceof Refusal && FILE_TROUBLES.includes(error.code)) trouble = error.code as FileTrouble;
        else throw error;
      }
    });
    return trouble;
  }

  /** Takes a file of the form back. */
  detach(step: Step, part: string): Promise<void> {
    return this.attempt(async () => this.accept(await this.client.discard(step.node_id, part)));
  }

  async send(): Promise<void> {
    const at = this.capturing();
    const shot = this.shot;
    if (!at || !shot || this.sending) return;
    this.sending = new AbortController();
    this.progress = 0;
    this.doing = 'sending';
    await keep(this.recordOf(at, true));
    const { step, part } = at;
    const key = keyOf(this.token, step.node_id, part);
    await this.attempt(async () => {
      try {
        const parcel = {
          nodeId: step.node_id, part, picture: shot.picture,
          sha256: await sha256(await shot.picture.arrayBuffer()),
        };
        const view = await upload(this.client, parcel, step, {
          onProgress: (fraction) => (this.progress = fraction),
          signal: this.sending?.signal,
        });
        await forget(key);
        this.read();
        this.accept(view);
      } catch (error) {
        if (!(error instanceof Refusal) || error.sessionGone) throw error;
        await forget(key);
        this.read();
        this.fileTrouble = FILE_TROUBLES.includes(error.code) ? (error.code as FileTrouble) : 'refused';
        this.accept(await this.client.session());
      }
    });
    this.sending = null;
  }

  /** Asks the server anew, for example when the person comes back to the tab. */
  async refresh(): Promise<void> {
    if (!this.view || this.busy || this.sending || this.trouble || this.refreshing) return;
    this.refreshing = true;
    try {
      this.accept(await this.client.session());
    } catch (error) {
      this.fail(error);
    } finally {
      this.refreshing = false;
    }
  }

  private accept(view: FlowView): void {
    const before = this.view;
    this.view = view;
    if (view.step?.state !== 'retry') this.again = false;
    if (view.step?.node_id !== before?.step?.node_id) this.rechoose = false;
    if (!before) this.announce('ready', {});
    for (const { type, data } of transitions(before, view)) this.announce(type, data as never);
    if (hasEnded(view)) void tidy(this.token, Date.now());
    this.poll();
  }

  private poll(): void {
    clearTimeout(this.pollTimer);
    const name = this.screen?.name;
    if (name !== 'checking' && name !== 'unavailable') {
      this.polls = 0;
      return;
    }
    this.pollTimer = setTimeout(() => {
      this.polls += 1;
      void this.refresh();
    }, pollPause(name === 'checking' ? this.polls : 100));
  }

  /** Goes on with a picture that a reload or a crash interrupted. */
  private async resume(): Promise<void> {
    const at = this.capturing();
    for (const kept of await keptFor(this.token)) {
      const fits = at && kept.nodeId === at.step.node_id && kept.part === at.part;
      const before = at && { ...at.step, attempts_left: kept.attemptsLeft };
      if (!fits || !before || (this.view && hasArrived(this.view, kept, before) && at.step.state !== 'retry')
        || kept.attemptsLeft !== at.step.attempts_left) {
        await forget(kept.key);
        continue;
      }
      this.again = at.step.state === 'retry';
      this.shot = { picture: kept.picture, url: URL.createObjectURL(kept.picture), fromCamera: kept.fromCamera };
      this.doing = 'looking';
      if (kept.confirmed) void this.send();
      return;
    }
  }

  /** The step and side being captured, also while the reasons of a failed attempt are shown. */
  private capturing(): { step: Step; part: Side } | null {
    if (!this.view) return null;
    const screen = screenOf(this.view, { doing: 'reading', again: true, rechoose: false });
    return screen.name === 'instructions' ? { step: screen.step, part: screen.part } : null;
  }

  private recordOf({ step, part }: { step: Step; part: Side }, confirmed: boolean): Kept {
    const shot = this.shot!;
    return {
      key: keyOf(this.token, step.node_id, part), token: this.token, nodeId: step.node_id, part,
      picture: shot.picture, confirmed, fromCamera: shot.fromCamera,
      attemptsLeft: step.attempts_left, at: Date.now(),
    };
  }

  private drop(): void {
    if (!this.shot) return;
    URL.revokeObjectURL(this.shot.url);
    this.shot = null;
    const at = this.capturing();
    if (at) void forget(keyOf(this.token, at.step.node_id, at.part));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } catch (error) {
      await this.recover(error);
    } finally {
      this.busy = false;
    }
  }

  /** A refusal usually means that the session moved on without us: look where it stands. */
  private async recover(error: unknown): Promise<void> {
    if (!(error instanceof Refusal) || error.sessionGone) return this.fail(error);
    try {
      this.accept(await this.client.session());
    } catch (second) {
      this.fail(second);
    }
  }

  private fail(error: unknown): void {
    clearTimeout(this.pollTimer);
    this.trouble = error instanceof Refusal && error.sessionGone ? 'not_found' : 'failed';
    this.announce('error', { error: this.trouble === 'not_found' ? 'sessionExpired' : 'unknown' });
  }
}

/** Title of the browser's tab. */
export function pageTitle(application: string): string {
  return application ? t('page.title_for', { application }) : t('page.title');
}
