//! What labels are called in the languages of the layouts.

mod tables;

use crate::item::Item;
use serde::Serialize;

/// A language that labels are printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    Arabic,
    Armenian,
    Bulgarian,
    Croatian,
    Czech,
    Danish,
    Dutch,
    English,
    Estonian,
    Finnish,
    French,
    Georgian,
    German,
    Greek,
    Hebrew,
    Hungarian,
    Italian,
    Latvian,
    Lithuanian,
    Polish,
    Portuguese,
    Romanian,
    Serbian,
    Spanish,
    Swedish,
    Turkish,
    Ukrainian,
}

impl Language {
    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        tables::of(self).code
    }

    /// What the label of `item` is called; empty where the language's table has no word for it.
    pub fn label(self, item: Item) -> &'static str {
        let words = tables::of(self);
        let index = match item {
            Item::Surname | Item::NativeSurname => 0,
            Item::GivenNames | Item::NativeGivenNames => 1,
            Item::FullName | Item::NativeFullName => 2,
            Item::Sex => 3,
            Item::Nationality => 4,
            Item::BirthDate => 5,
            Item::BirthPlace => 6,
            Item::Number => 7,
            Item::PersonalNumber => 8,
            Item::IssueDate => 9,
            Item::ExpiryDate => 10,
            Item::Authority => 11,
            Item::Height => 12,
            Item::Eyes => 13,
            Item::Address => 14,
            Item::PermitType => 15,
            Item::Remarks => 16,
            Item::Signature => 17,
            Item::DocumentType => 18,
            Item::IssuingState => 19,
            _ => return english_only(item),
        };
        words.labels[index]
    }

    /// Twelve short names of months, in capitals.
    pub(crate) fn months(self) -> [&'static str; 12] {
        tables::months(self)
    }
}

fn english_only(item: Item) -> &'static str {
    match item {
        Item::CardAccessNumber => "CAN",
        Item::Weight => "WGT",
        Item::Hair => "HAIR",
        Item::Class => "CLASS",
        Item::Restrictions => "REST",
        Item::Endorsements => "END",
        Item::Discriminator => "DD",
        _ => "",
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
