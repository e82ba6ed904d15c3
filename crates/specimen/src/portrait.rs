//! A drawn face that is nobody's: ellipses and gradients in the manner of a poster, never a photograph.

use crate::canvas::{Area, Canvas, Colour, Strokes, area, ellipse_distance, length, mix};
use crate::dice::Dice;
use crate::person::Sex;

/// What one drawn face looks like. Lengths are in millimetres on a sheet of 35 by 45.
struct Face {
    skin: Colour,
    hair: Colour,
    cloth: Colour,
    iris: Colour,
    lips: Colour,
    /// Half the width and height of the head.
    head: (f32, f32),
    haircut: Haircut,
    fringe: f32,
    beard: bool,
    glasses: bool,
    parting: f32,
}

#[derive(PartialEq)]
enum Haircut {
    Bald,
    Short,
    Long,
}

const CENTRE: (f32, f32) = (17.5, 20.5);

/// The portrait, 35 by 45 mm (ICAO 9303-3 §3.9). `age` in years greys the hair.
pub(crate) fn draw(sex: Sex, age: i16, dice: &mut Dice) -> Canvas {
    let face = face(sex, age, dice);
    let mut canvas = Canvas::new(35.0, 45.0);
    backdrop(&mut canvas, dice);
    hair_behind(&mut canvas, &face);
    body(&mut canvas, &face, dice);
    head(&mut canvas, &face);
    if face.beard {
        beard(&mut canvas, &face);
    }
    features(&mut canvas, &face);
    if face.haircut != Haircut::Bald {
        hair_in_front(&mut canvas, &face);
    }
    if face.glasses {
        glasses(&mut canvas, &face);
    }
    canvas
}

fn face(sex: Sex, age: i16, dice: &mut Dice) -> Face {
    let skin = *dice.pick(&[
        [247.0, 218.0, 196.0],
        [238.0, 200.0, 170.0],
        [224.0, 178.0, 142.0],
        [198.0, 148.0, 108.0],
        [160.0, 112.0, 78.0],
        [118.0, 80.0, 56.0],
        [88.0, 58.0, 42.0],
    ]);
    let hair = *dice.pick(&[
        [34.0, 28.0, 28.0],
        [58.0, 40.0, 30.0],
        [98.0, 66.0, 40.0],
        [150.0, 104.0, 58.0],
        [204.0, 168.0, 110.0],
        [140.0, 62.0, 34.0],
    ]);
    let grey = (f32::from(age) - 40.0) / 35.0 * dice.between(0.4, 1.2);
    let feminine = match sex {
        Sex::Female => true,
        Sex::Male => false,
        Sex::Unspecified => dice.chance(0.5),
    };
    Face {
        skin,
        hair: mix(hair, [206.0, 206.0, 208.0], grey),
        cloth: *dice.pick(&[
            [44.0, 62.0, 92.0],
            [96.0, 40.0, 52.0],
            [52.0, 84.0, 72.0],
            [70.0, 66.0, 82.0],
            [168.0, 148.0, 116.0],
            [46.0, 48.0, 54.0],
            [190.0, 196.0, 206.0],
        ]),
        iris: *dice.pick(&[[70.0, 46.0, 30.0], [60.0, 92.0, 120.0], [74.0, 98.0, 66.0], [48.0, 34.0, 26.0]]),
        lips: mix(skin, [176.0, 62.0, 70.0], if feminine { 0.65 } else { 0.35 }),
        head: (dice.between(7.4, 8.5), dice.between(10.0, 11.0)),
        haircut: if dice.chance(if feminine { 0.75 } else { 0.06 }) {
            Haircut::Long
        } else if !feminine && dice.chance(0.14) {
            Haircut::Bald
        } else {
            Haircut::Short
        },
        fringe: dice.between(0.36, 0.62),
        beard: !feminine && dice.chance(0.35),
        glasses: dice.chance(0.22),
        parting: dice.between(-4.0, 4.0),
    }
}

fn backdrop(canvas: &mut Canvas, dice: &mut Dice) {
    let tone = *dice.pick(&[
        [214.0, 222.0, 230.0],
        [228.0, 228.0, 224.0],
        [204.0, 216.0, 224.0],
        [226.0, 218.0, 210.0],
    ]);
    canvas.paint(canvas.whole(), |x, y| {
        let glow = 1.0 - length((x - 17.5) / 26.0, (y - 18.0) / 34.0);
        (mix(mix(tone, [150.0; 3], 0.18), mix(tone, [255.0; 3], 0.5), glow), 1.0)
    });
}

fn hair_behind(canvas: &mut Canvas, face: &Face) {
    if face.haircut == Haircut::Bald {
        return;
    }
    let (width, height) = face.head;
    if face.haircut == Haircut::Long {
        let mantle = area(CENTRE.0 - width - 2.0, CENTRE.1 - 4.0, width * 2.0 + 4.0, 22.0);
        soft(canvas, mantle, 5.5, mix(face.hair, [0.0; 3], 0.25));
    }
    canvas.ellipse(
        (CENTRE.0, CENTRE.1 - 2.0),
        (width + 1.5, height + 0.6),
        mix(face.hair, [0.0; 3], 0.12),
        1.0,
    );
}

fn body(canvas: &mut Canvas, face: &Face, dice: &mut Dice) {
    let shade = mix(face.skin, [40.0, 16.0, 10.0], 0.25);
    let shoulders = |x: f32, y: f32| ellipse_distance(x - CENTRE.0, y - 48.0, 15.8, 12.4);
    canvas.shape(canvas.whole(), shoulders, |x, y| {
        (mix(face.cloth, [0.0; 3], 0.1 + (y - 36.0) / 40.0 + (x - 17.5).abs() / 60.0), 1.0)
    });
    soft(canvas, area(CENTRE.0 - 4.1, 26.0, 8.2, 13.0), 3.8, shade);
    if dice.chance(0.5) {
        let collar = [[242.0; 3], mix(face.cloth, [255.0; 3], 0.25)][usize::from(dice.chance(0.4))];
        let mut strokes = Strokes::over(canvas);
        strokes.line([(CENTRE.0 - 4.6, 35.6), (CENTRE.0, 41.0), (CENTRE.0 + 4.6, 35.6)], 1.5);
        canvas.ink(&strokes, |_, _| collar, 1.0);
    }
}

fn head(canvas: &mut Canvas, face: &Face) {
    let (width, height) = face.head;
    let dark = mix(face.skin, [60.0, 24.0, 14.0], 0.3);
    for side in [-1.0, 1.0] {
        canvas.ellipse((CENTRE.0 + side * width * 0.98, CENTRE.1 + 1.0), (1.5, 2.5), dark, 1.0);
    }
    // The jaw is narrower than the brow.
    let outline = |x: f32, y: f32| {
        let taper = 1.0 + ((y - CENTRE.1) / height).max(0.0) * 0.16;
        ellipse_distance((x - CENTRE.0) * taper, y - CENTRE.1, width, height)
    };
    canvas.shape(canvas.whole(), outline, |x, y| {
        let light = length((x - CENTRE.0 + 2.5) / width, (y - CENTRE.1 + 3.0) / height);
        (mix(mix(face.skin, [255.0; 3], 0.12), dark, (light - 0.35) * 0.75), 1.0)
    });
}

fn beard(canvas: &mut Canvas, face: &Face) {
    let (width, height) = face.head;
    let outline = |x: f32, y: f32| {
        let taper = 1.0 + ((y - CENTRE.1) / height).max(0.0) * 0.14;
        let jaw = ellipse_distance((x - CENTRE.0) * taper, y - CENTRE.1, width + 0.15, height + 0.5);
        let cheeks = ellipse_distance(x - CENTRE.0, y - CENTRE.1 - 0.6, width * 0.72, height * 0.52);
        jaw.max(-cheeks).max(CENTRE.1 + 1.0 - y)
    };
    canvas.shape(canvas.whole(), outline, |_, y| (mix(face.hair, face.skin, 0.35 - (y - 24.0) / 30.0), 0.9));
}

fn features(canvas: &mut Canvas, face: &Face) {
    let line = mix(face.skin, [40.0, 16.0, 10.0], 0.55);
    let apart = face.head.0 * 0.43;
    let mut brows = Strokes::over(canvas);
    let mut lines = Strokes::over(canvas);
    for side in [-1.0, 1.0] {
        let (x, y) = (CENTRE.0 + side * apart, CENTRE.1 + 0.2);
        canvas.ellipse((x, y), (1.55, 0.8), [246.0, 244.0, 240.0], 1.0);
        canvas.ellipse((x, y), (0.78, 0.78), face.iris, 1.0);
        canvas.ellipse((x, y), (0.36, 0.36), [16.0; 3], 1.0);
        canvas.ellipse((x - 0.22, y - 0.25), (0.16, 0.16), [255.0; 3], 1.0);
        lines.line([(x - 1.6, y), (x - 0.8, y - 0.75), (x + 0.8, y - 0.75), (x + 1.6, y)], 0.24);
        let inner = x - side * 1.7;
        brows.line([(inner, y - 2.0), (x, y - 2.5), (x + side * 1.9, y - 1.8)], 0.55);
    }
    let nose = CENTRE.1 + face.head.1 * 0.36;
    lines.line([(CENTRE.0 + 0.5, CENTRE.1 + 1.2), (CENTRE.0 + 1.1, nose - 0.4), (CENTRE.0 + 0.6, nose)], 0.3);
    lines.line([(CENTRE.0 + 0.6, nose), (CENTRE.0 - 0.8, nose + 0.1)], 0.3);
    canvas.ink(&lines, |_, _| line, 0.8);
    canvas.ink(&brows, |_, _| mix(face.hair, [30.0, 20.0, 16.0], 0.4), 0.85);
    let mouth = CENTRE.1 + face.head.1 * 0.58;
    canvas.ellipse((CENTRE.0, mouth), (2.5, 0.75), face.lips, 1.0);
    let mut smile = Strokes::over(canvas);
    smile.line(
        [(CENTRE.0 - 2.6, mouth - 0.15), (CENTRE.0, mouth + 0.1), (CENTRE.0 + 2.6, mouth - 0.15)],
        0.22,
    );
    canvas.ink(&smile, |_, _| mix(face.lips, [30.0, 8.0, 8.0], 0.6), 1.0);
}

/// The hair above the face: the crown less an ellipse that leaves the face free.
fn hair_in_front(canvas: &mut Canvas, face: &Face) {
    let (width, height) = face.head;
    let outline = |x: f32, y: f32| {
        let crown = ellipse_distance(x - CENTRE.0, y - CENTRE.1 + 0.8, width + 0.7, height + 0.6);
        let brow = CENTRE.1 + height * (0.55 - face.fringe * 0.25);
        let free = ellipse_distance(
            x - CENTRE.0 - face.parting * 0.4,
            y - brow,
            width * 0.98,
            height * (0.98 + 0.12 * (0.5 - face.fringe)),
        );
        crown.max(-free).max(y - CENTRE.1 - 2.0)
    };
    canvas.shape(canvas.whole(), outline, |x, y| {
        let shine = ((x - CENTRE.0 - face.parting) * 1.1 + (y - 11.0) * 0.5).sin() * 0.5 + 0.5;
        (mix(face.hair, mix(face.hair, [255.0; 3], 0.22), shine * 0.6), 1.0)
    });
}

fn glasses(canvas: &mut Canvas, face: &Face) {
    let frame = [44.0, 40.0, 44.0];
    let apart = face.head.0 * 0.43;
    for side in [-1.0, 1.0] {
        let lens = area(CENTRE.0 + side * apart - 2.3, CENTRE.1 - 1.5, 4.6, 3.6);
        canvas.outline(lens, 1.5, 0.4, frame);
    }
    let mut bridge = Strokes::over(canvas);
    bridge.line([(CENTRE.0 - apart + 2.3, CENTRE.1 - 0.2), (CENTRE.0 + apart - 2.3, CENTRE.1 - 0.2)], 0.4);
    canvas.ink(&bridge, |_, _| frame, 1.0);
}

fn soft(canvas: &mut Canvas, place: Area, radius: f32, colour: Colour) {
    canvas.fill(place, radius, colour, 1.0);
}
