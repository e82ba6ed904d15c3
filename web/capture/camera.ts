// Opens a camera, says why it could not, and takes a still picture from it.

export type CameraTrouble =
  | 'insecure' // plain HTTP: browsers give no camera
  | 'blocked_by_frame' // the page that embeds this one does not delegate the camera
  | 'blocked_by_site' // this page's own Permissions-Policy forbids it
  | 'unsupported' // the browser has no camera interface (old WebViews)
  | 'denied' // the person or the system said no
  | 'absent' // no camera
  | 'in_use' // another program holds it
  | 'silent' // it opened but shows no picture (some WebViews)
  | 'lost' // it stopped while in use
  | 'unknown';

export class CameraError extends Error {
  constructor(readonly trouble: CameraTrouble) {
    super(trouble);
  }
}

/** Long side asked for, in pixels; enough for the small print of a passport page. */
const LONG_SIDE = 2560;
const JPEG_QUALITY = 0.92;
const FIRST_FRAME_MS = 8000;

/**
 * What to ask of the camera. Only one side is asked for: browsers meet a demand for both by
 * cutting the picture. No sound, ever.
 */
function wishes(deviceId: string | null): MediaStreamConstraints {
  const video: MediaTrackConstraints & { resizeMode?: string } = {
    width: { ideal: LONG_SIDE },
    resizeMode: 'none',
  };
  if (deviceId) video.deviceId = { exact: deviceId };
  else video.facingMode = { ideal: 'environment' };
  return { audio: false, video };
}

interface PolicyDocument extends Document {
  permissionsPolicy?: { allowsFeature(name: string): boolean };
  featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Why a camera cannot be had here at all, known without asking the person; null if it may work. */
export function obstacle(): CameraTrouble | null {
  if (!isSecureContext) return 'insecure';
  if (!navigator.mediaDevices?.getUserMedia) return 'unsupported';
  const page = document as PolicyDocument;
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  if (policy && !policy.allowsFeature('camera')) {
    return window.parent === window ? 'blocked_by_site' : 'blocked_by_frame';
  }
  return null;
}

/** Opens the camera that looks away from the person, or the one named. */
export async function openCamera(deviceId: string | null = null): Promise<MediaStream> {
  const trouble = obstacle();
  if (trouble) throw new CameraError(trouble);
  try {
    return await navigator.mediaDevices.getUserMedia(wishes(deviceId));
  } catch (error) {
    throw new CameraError(troubleOf(error));
  }
}

/** Our word for what `getUserMedia` threw. */
export function troubleOf(error: unknown): CameraTrouble {
  const name = (error as { name?: unknown } | null)?.name;
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      // A frame without delegation and a person's "no" look the same in browsers without the policy API.
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in_use';
    case 'SecurityError':
      return 'blocked_by_site';
    default:
      return 'unknown';
  }
}

/** Ends every track, so that the camera light goes out. */
export function closeCamera(stream: MediaStream | null): void {
  stream?.getTracks().forEach((track) => track.stop());
}

/** Plays `stream` in `video`; fails with `silent` when no picture comes. */
export async function play(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  video.srcObject = stream;
  // A refusal to autoplay still shows frames once they come; what counts is a picture.
  void video.play().catch(() => undefined);
  const deadline = Date.now() + FIRST_FRAME_MS;
  while (!(video.videoWidth > 2 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)) {
    if (Date.now() > deadline) throw new CameraError('silent');
    if (stream.getVideoTracks().every((track) => track.readyState === 'ended')) throw new CameraError('lost');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The cameras there are to choose from; only known after one was opened. */
export async function cameras(): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'videoinput' && device.deviceId).map((d) => d.deviceId);
}

/** The device behind a stream. */
export function deviceOf(stream: MediaStream): string | null {
  return stream.getVideoTracks()[0]?.getSettings().deviceId ?? null;
}

/** The whole current frame as JPEG, uncropped, at most `LONG_SIDE` pixels long. */
export async function shoot(video: HTMLVideoElement): Promise<Blob> {
  return toJpeg(video, video.videoWidth, video.videoHeight, LONG_SIDE);
}

/** Draws a picture of `width` × `height` into a JPEG whose long side is at most `longest`. */
export function toJpeg(source: CanvasImageSource, width: number, height: number, longest: number): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.reject(new CameraError('unknown'));
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new CameraError('unknown'))),
      'image/jpeg',
      JPEG_QUALITY,
    );
  });
}
