// A fake camera's film: one Y4M frame with a drawn passport page on a table.
import { writeFileSync } from 'node:fs';

/** Writes a Y4M file of `width` × `height` (both even), limited-range luma, 4:2:0. */
export function writeClip(path, width, height) {
  const luma = Buffer.alloc(width * height, 60);
  const box = (x, y, w, h, value) => {
    for (let row = Math.round(y); row < y + h; row += 1) luma.fill(value, row * width + Math.round(x), row * width + Math.round(x + w));
  };
  const w = width * 0.82;
  const h = w / 1.42;
  const x = (width - w) / 2;
  const y = (height - h) / 2;
  box(x, y, w, h, 215);
  box(x + w * 0.06, y + h * 0.14, w * 0.26, h * 0.5, 150);
  for (let line = 0; line < 5; line += 1) box(x + w * 0.38, y + h * (0.16 + line * 0.1), w * (0.5 - (line % 3) * 0.1), h * 0.035, 90);
  for (let line = 0; line < 2; line += 1) {
    for (let letter = 0; letter < 44; letter += 1) {
      box(x + w * (0.05 + letter * 0.0205), y + h * (0.77 + line * 0.1), w * 0.013, h * 0.055, letter % 5 ? 50 : 120);
    }
  }
  const chroma = Buffer.alloc((width * height) / 4);
  const u = Buffer.from(chroma.fill(126));
  const v = Buffer.from(chroma.fill(130));
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\nFRAME\n`);
  writeFileSync(path, Buffer.concat([head, luma, u, v]));
}
