// The ways a person may hand in a picture, by workflow and by what the device can do.
import type { Step } from '../../capture/wire';

export interface Ways {
  camera: boolean;
  upload: boolean;
  /** The phone's own camera app: stands in where the page gets no camera. */
  nativeCamera: boolean;
}

export function waysOf(step: Step, touch = matchMedia('(pointer: coarse)').matches): Ways {
  const camera = step.capture_methods.includes('CAMERA_SCAN');
  return { camera, upload: step.capture_methods.includes('UPLOAD'), nativeCamera: camera && touch };
}
