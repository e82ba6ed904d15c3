//! Names, which every version writes differently.

use super::value::is_blank;

/// The parts of a name; absent ones are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Name {
    pub(super) family: Option<String>,
    pub(super) first: Option<String>,
    pub(super) middle: Option<String>,
    pub(super) suffix: Option<String>,
    /// The combined name had no separators.
    pub(super) guessed: bool,
}

/// From the elements: separate ones where they are, else the combined given names of versions 2 and 3 (DCT), else the
/// combined full name of version 1 (DAA).
pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Name {
    let either = |ids: [&str; 2]| ids.into_iter().find_map(&get);
    let combined = get("DAA").map(|text| full(&text)).unwrap_or_default();
    let given = get("DCT").map(|text| given(&text)).unwrap_or_default();
    let family = either(["DCS", "DAB"]);
    let mut first = get("DAC");
    let mut middle = get("DAD");
    // An initial that has slipped into the first names.
    if middle.is_none()
        && let Some((before, initial)) = first.as_deref().and_then(|text| text.rsplit_once(' '))
        && initial.len() == 1
        && !before.trim().is_empty()
    {
        (first, middle) = (Some(before.trim().to_owned()), Some(initial.to_owned()));
    }
    let separate = first.is_some();
    Name {
        guessed: family.is_none() && combined.guessed,
        family: family.or(combined.family),
        middle: if separate { middle } else { middle.or(given.1).or(combined.middle) },
        first: first.or(given.0).or(combined.first),
        suffix: either(["DCU", "DAE"]).or(combined.suffix),
    }
}

/// `FIRST MIDDLE` or `FIRST,MIDDLE`.
fn given(text: &str) -> (Option<String>, Option<String>) {
    let separator = if text.contains(',') { ',' } else { ' ' };
    let (first, rest) = text.trim().split_once(separator).unwrap_or((text, ""));
    (present(first), present(&rest.replace(',', " ")))
}

/// `LAST,FIRST,MIDDLE,SUFFIX`, with commas, `@` or `$`; `LAST, FIRST MIDDLE`; or, without separators,
/// `FIRST MIDDLE LAST`.
fn full(text: &str) -> Name {
    let separator = [',', '@', '$'].into_iter().find(|separator| text.contains(*separator));
    let Some(separator) = separator else { return natural(text) };
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let part = |at: usize| parts.get(at).and_then(|part| present(part));
    if parts.len() == 2 {
        let (first, middle) = given(parts[1]);
        return Name { family: part(0), first, middle, ..Name::default() };
    }
    Name { family: part(0), first: part(1), middle: part(2), suffix: part(3), guessed: false }
}

fn natural(text: &str) -> Name {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let suffix =
        words.last().is_some_and(|last| ["JR", "SR", "II", "III", "IV"].contains(last)).then(|| words.pop());
    let family = words.pop();
    let mut rest = words.into_iter();
    let first = rest.next();
    let middle = rest.collect::<Vec<_>>().join(" ");
    Name {
        family: family.and_then(present),
        first: first.and_then(present),
        middle: present(&middle),
        suffix: suffix.flatten().and_then(present),
        guessed: true,
    }
}

fn present(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::read;

    fn parts(elements: &[(&str, &str)]) -> [String; 4] {
        let find =
            |id: &str| elements.iter().find(|(known, _)| *known == id).map(|(_, value)| (*value).to_owned());
        let name = read(find);
        [name.family, name.first, name.middle, name.suffix].map(Option::unwrap_or_default)
    }

    #[test]
    fn names_of_every_version_come_apart() {
        for (elements, expected) in [
            (
                &[("DCS", "DOE"), ("DAC", "JANE"), ("DAD", "ANN"), ("DCU", "JR")][..],
                ["DOE", "JANE", "ANN", "JR"],
            ),
            (&[("DCS", "DOE"), ("DAC", "MARY ANN")], ["DOE", "MARY ANN", "", ""]),
            (&[("DCS", "O NEIL"), ("DAC", "MARY E")], ["O NEIL", "MARY", "E", ""]),
            (&[("DCS", "DOE"), ("DCT", "JANE ANN")], ["DOE", "JANE", "ANN", ""]),
            (&[("DCS", "DOE"), ("DCT", "JANE,ANN,LEE")], ["DOE", "JANE", "ANN LEE", ""]),
            (&[("DAA", "DOE,JANE,ANN,SR")], ["DOE", "JANE", "ANN", "SR"]),
            (&[("DAA", "DE LA CRUZ@JUAN@P")], ["DE LA CRUZ", "JUAN", "P", ""]),
            (&[("DAA", "DOE, JANE ANN")], ["DOE", "JANE", "ANN", ""]),
            (&[("DAA", "JANE A DOE III")], ["DOE", "JANE", "A", "III"]),
            (&[("DAA", "MADONNA")], ["MADONNA", "", "", ""]),
            (&[], ["", "", "", ""]),
        ] {
            assert_eq!(parts(elements), expected.map(str::to_owned), "{elements:?}");
        }
    }
}
