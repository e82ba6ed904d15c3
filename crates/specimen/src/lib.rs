//! Synthetic documents and photographs of them, from a seed.
//!
//! It knows how documents look, how people are called and what a camera does to a page. All of it is made up: the
//! designs, surnames and faces are drawn here and belong to nobody, and every page is plainly marked SPECIMEN. It
//! refuses to know files, the clock and the randomness of the machine: font bytes, `today` and a seed are passed in,
//! and the same arguments give the same bytes. The chance behind a design is not stable from one release to the next.
//!
//! ```
//! let today = jiff::civil::date(2026, 5, 4);
//! let options = specimen::PersonOptions { minimum_age: 16, maximum_age: 16, ..Default::default() };
//! let person = specimen::person(7, today, &options);
//! assert!(person.expires > today);
//! assert!([2009, 2010].contains(&person.birth.year));
//! ```

mod attack;
mod bearer;
mod bill;
mod camera;
mod canvas;
mod capture;
mod catalogue;
mod dates;
mod dice;
mod difficulty;
mod document;
mod fonts;
mod guilloche;
mod item;
mod kind;
mod layout;
mod machine_zone;
mod make;
mod marking;
mod person;
mod photograph;
mod portrait;
mod scheme;
mod script;
mod sheet;
mod words;

pub use attack::{Attack, UnknownAttack, attack};
pub use camera::{CLIP_SIZE, Unfilmable, camera_clip, y4m};
pub use capture::{
    Applied, Capture, CaptureTruth, Conditions, Distortion, Obstruction, Seen, UnknownDistortion, capture,
};
pub use catalogue::{Category, Layout, Symbology, UnknownCategory};
pub use difficulty::{Difficulty, Range, Ranges, UnknownDifficulty};
pub use document::{Document, Page, Side, document};
pub use fonts::{FontUnreadable, Fonts};
pub use item::Item;
pub use kind::{Kind, UnknownKind};
pub use make::{Made, make, make_with};
pub use person::{BirthDate, Nation, Person, PersonOptions, Sex, person};
pub use photograph::scene::{Background, UnknownBackground};
pub use photograph::{Photograph, Truth, photograph, photograph_in};
pub use sheet::{Barcode, Content, Papers, Place, Printed, Sheet, Tampering, papers};
pub use words::Language;
