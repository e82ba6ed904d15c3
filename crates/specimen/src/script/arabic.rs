//! Arabic letters take the form that their neighbours ask for (Unicode, Arabic Presentation Forms-B).

/// Letter, its isolated form, and whether it joins to the letter on its left. Forms follow one another: isolated,
/// final and, for those that join to the left, initial and medial.
const LETTERS: [(char, u32, bool); 36] = [
    ('ء', 0xFE80, false),
    ('آ', 0xFE81, false),
    ('أ', 0xFE83, false),
    ('ؤ', 0xFE85, false),
    ('إ', 0xFE87, false),
    ('ئ', 0xFE89, true),
    ('ا', 0xFE8D, false),
    ('ب', 0xFE8F, true),
    ('ة', 0xFE93, false),
    ('ت', 0xFE95, true),
    ('ث', 0xFE99, true),
    ('ج', 0xFE9D, true),
    ('ح', 0xFEA1, true),
    ('خ', 0xFEA5, true),
    ('د', 0xFEA9, false),
    ('ذ', 0xFEAB, false),
    ('ر', 0xFEAD, false),
    ('ز', 0xFEAF, false),
    ('س', 0xFEB1, true),
    ('ش', 0xFEB5, true),
    ('ص', 0xFEB9, true),
    ('ض', 0xFEBD, true),
    ('ط', 0xFEC1, true),
    ('ظ', 0xFEC5, true),
    ('ع', 0xFEC9, true),
    ('غ', 0xFECD, true),
    ('ف', 0xFED1, true),
    ('ق', 0xFED5, true),
    ('ك', 0xFED9, true),
    ('ل', 0xFEDD, true),
    ('م', 0xFEE1, true),
    ('ن', 0xFEE5, true),
    ('ه', 0xFEE9, true),
    ('و', 0xFEED, false),
    ('ى', 0xFEEF, false),
    ('ي', 0xFEF1, true),
];

/// Lam with each kind of alef is one letter: its isolated form.
const LIGATURES: [(char, u32); 4] = [('آ', 0xFEF5), ('أ', 0xFEF7), ('إ', 0xFEF9), ('ا', 0xFEFB)];

/// Replaces letters by their joined forms, in reading order.
pub(super) fn shape(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut shaped = String::new();
    let mut joined = false;
    let mut index = 0;
    while let Some(&letter) = letters.get(index) {
        let next = letters.get(index + 1).copied();
        if letter == 'ل'
            && let Some((_, form)) = LIGATURES.iter().find(|(alef, _)| Some(*alef) == next)
        {
            shaped.extend(char::from_u32(form + u32::from(joined)));
            joined = false;
            index += 2;
            continue;
        }
        index += 1;
        let Some((_, form, to_left)) = LETTERS.iter().find(|(known, ..)| *known == letter) else {
            shaped.push(letter);
            joined = false;
            continue;
        };
        let before = joined && letter != 'ء';
        let after = *to_left && next.is_some_and(takes_join);
        let offset = u32::from(before) + 2 * u32::from(after);
        shaped.extend(char::from_u32(form + offset));
        joined = *to_left;
    }
    shaped
}

/// Every letter but the hamza joins to one before it.
fn takes_join(letter: char) -> bool {
    letter != 'ء' && LETTERS.iter().any(|(known, ..)| *known == letter)
}
