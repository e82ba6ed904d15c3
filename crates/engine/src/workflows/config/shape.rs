//! What a setting may look like. Every setting may also be null, which means "not set", unless it is [`Shape::Set`].

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// `NO_ACTION`, `REVIEW`, `DECLINE`.
    Action,
    /// `REVIEW`, `DECLINE`.
    Decision,
    /// A whole number from 0 to 100.
    Percent,
    /// Any number from 0 to 100.
    Score,
    /// True or false.
    Flag,
    /// 0 or 1, which true and false may stand for.
    Switch,
    /// A whole number between these.
    Whole(i64, i64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any text.
    Text,
    /// A country's code of so many letters.
    Country(usize),
    /// A UUID.
    Uuid,
    /// Anything.
    Any,
    /// Present and not null.
    Set(&'static Shape),
    /// Not an empty list or object.
    Filled(&'static Shape),
    /// A list of at most so many.
    Each(&'static Shape, usize),
    /// An object of such names, each with such a value.
    Map(Name, &'static Shape),
    /// An object of these fields; others are dropped.
    Record(&'static [Key]),
    /// The first of the two that fits; the errors of the first if none does.
    Either(&'static Shape, &'static Shape),
    /// Allowed documents by country: not empty and nothing enabled at once.
    Documents,
    /// Registry countries, of which one at least is enabled.
    Registries,
    /// A feature's `status_rules`.
    StatusRules,
    /// The rules of a branch.
    Conditions,
}

/// What the names of an object are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    /// Countries, ISO 3166-1 alpha-3.
    Alpha3,
    /// Countries, ISO 3166-1 alpha-2.
    Alpha2,
    /// Any text.
    Free,
    /// One of these words.
    Of(&'static [&'static str]),
}

/// A field and its form.
pub(super) type Key = (&'static str, Shape);

/// Lists are cut off somewhere: so many items where the contract names no limit.
pub(super) const MANY: usize = 1_000;
