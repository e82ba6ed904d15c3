//! The characters that the recogniser knows, and masks over them.

/// Which characters a line may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// Whatever the network knows.
    Any,
    /// 0 to 9.
    Digits,
    /// A to Z in both cases, the accented letters that the network knows, digits, and the punctuation of names,
    /// dates and addresses.
    Latin,
    /// A to Z, 0 to 9 and the filler `<` (ICAO 9303-3 §4.3).
    Mrz,
}

impl Letters {
    fn allow(self, character: char) -> bool {
        match self {
            Self::Any => true,
            Self::Digits => character.is_ascii_digit(),
            Self::Latin => {
                character.is_ascii_alphanumeric()
                    || matches!(character, '\u{c0}'..='\u{24f}')
                    || " .,-/'()&:#+".contains(character)
            }
            Self::Mrz => character.is_ascii_uppercase() || character.is_ascii_digit() || character == '<',
        }
    }
}

/// Class 0 is "nothing here", then the characters of the model's list, and last the space.
pub(super) struct Alphabet {
    characters: Vec<char>,
}

impl Alphabet {
    /// The model's own list, one character per line.
    pub(super) fn parse(list: &str) -> Option<Self> {
        // Entries of several characters do not occur in this list; the first one stands for such an entry.
        let mut characters: Vec<char> = list
            .split('\n')
            .map(|line| line.trim_end_matches('\r').chars().next().unwrap_or('\u{fffd}'))
            .collect();
        if characters.last() == Some(&'\u{fffd}') {
            characters.pop();
        }
        characters.push(' ');
        (characters.len() > 10).then_some(Self { characters })
    }

    /// Classes including "nothing here".
    pub(super) fn classes(&self) -> usize {
        self.characters.len() + 1
    }

    /// The character of a class above 0.
    pub(super) fn character(&self, class: usize) -> Option<char> {
        self.characters.get(class.checked_sub(1)?).copied()
    }

    /// The classes of these letters, without "nothing here"; none means all.
    pub(super) fn mask(&self, letters: Letters) -> Option<Vec<usize>> {
        if letters == Letters::Any {
            return None;
        }
        let allowed = self.characters.iter().enumerate().filter(|(_, character)| letters.allow(**character));
        Some(allowed.map(|(at, _)| at + 1).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, Letters};

    #[test]
    fn the_list_of_the_model_is_framed_by_nothing_and_the_space() {
        let list: Vec<String> = ('a'..='p').map(String::from).collect();
        let alphabet = Alphabet::parse(&list.join("\n")).unwrap();
        assert_eq!(alphabet.classes(), 18);
        assert_eq!(
            (alphabet.character(0), alphabet.character(1), alphabet.character(17)),
            (None, Some('a'), Some(' '))
        );
        assert_eq!(alphabet.mask(Letters::Digits), Some(vec![]));
        assert_eq!(alphabet.mask(Letters::Any), None);
    }
}
