//! Paper to bytes: PDF/A-2a and PDF/UA-1, tagged, with an outline and page numbers.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagTree};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use super::lettering::{Lettering, Weight};
use super::paper::{Colour, Draw, Element, FAINT, HEIGHT, INNER, Item, MARGIN, Paper, WIDTH};

/// What stands on every page and in the file's own description.
pub(super) struct Imprint {
    pub(super) title: String,
    /// The operator's application.
    pub(super) brand: String,
    pub(super) session_id: String,
    pub(super) made_at: Timestamp,
}

/// Why no file came of it.
#[derive(Debug, thiserror::Error)]
#[error("the report cannot be written as PDF/A: {0}")]
pub struct Unprintable(String);

/// The file's bytes.
pub(super) fn print(paper: Paper, imprint: &Imprint) -> Result<Vec<u8>, Unprintable> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("the two standards share a version of PDF");
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(imprint));
    document.set_outline(outline(&paper.outline));
    let mut leaves: Vec<Vec<Identifier>> = paper.elements.iter().map(|_| Vec::new()).collect();
    let total = paper.pages.len();
    for (index, items) in paper.pages.into_iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).expect("a page has a size");
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        furniture(&mut surface, &paper.lettering, imprint, (index + 1, total));
        for Item { draw, element } in items {
            let tag = match (&draw, element) {
                (_, None) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
                (Draw::Text { .. }, Some(_)) => ContentTag::Span(SpanTag::empty()),
                (_, Some(_)) => ContentTag::Other,
            };
            let leaf = surface.start_tagged(tag);
            draw_item(&mut surface, &paper.lettering, draw);
            surface.end_tagged();
            if let Some(element) = element {
                leaves[element].push(leaf);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(paper.elements, leaves));
    document.finish().map_err(|error| Unprintable(format!("{error:?}")))
}

/// Who speaks above, which session and page below. Not part of the text that is read out.
fn furniture(
    surface: &mut Surface<'_>,
    lettering: &Lettering,
    imprint: &Imprint,
    (number, total): (usize, usize),
) {
    let mut text = |text: &str, kind: ArtifactType, y: f32, right: bool, weight: Weight| {
        let text = lettering.shown(text);
        let x = if right { MARGIN + INNER - lettering.width(&text, weight, 8.0) } else { MARGIN };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw_item(surface, lettering, Draw::Text { text, x, y, size: 8.0, weight, colour: FAINT });
        surface.end_tagged();
    };
    text(&imprint.brand, ArtifactType::Header, 40.0, false, Weight::Bold);
    text(&imprint.title, ArtifactType::Header, 40.0, true, Weight::Regular);
    text(
        &format!("Session {}", imprint.session_id),
        ArtifactType::Footer,
        HEIGHT - 36.0,
        false,
        Weight::Regular,
    );
    text(&format!("Page {number} of {total}"), ArtifactType::Footer, HEIGHT - 36.0, true, Weight::Regular);
}

fn draw_item(surface: &mut Surface<'_>, lettering: &Lettering, draw: Draw) {
    match draw {
        Draw::Text { text, x, y, size, weight, colour } => {
            surface.set_fill(Some(fill(colour)));
            surface.draw_text(
                Point::from_xy(x, y),
                lettering.font(weight),
                size,
                &text,
                false,
                TextDirection::Auto,
            );
        }
        Draw::Rule { x, y, width, height, colour } => {
            surface.set_fill(Some(fill(colour)));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Draw::Picture { image, x, y, width, height } => {
            if let Some(size) = Size::from_wh(width, height) {
                surface.push_transform(&Transform::from_translate(x, y));
                surface.draw_image(image, size);
                surface.pop();
            }
        }
    }
}

fn fill((red, green, blue): Colour) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

/// The structure in reading order: an element's own lines first, then the elements inside it.
fn tree(elements: Vec<Element>, mut leaves: Vec<Vec<Identifier>>) -> TagTree {
    let mut inside: Vec<Vec<usize>> = elements.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        match element.parent {
            Some(parent) => inside[parent].push(index),
            None => roots.push(index),
        }
    }
    let mut kinds: Vec<_> = elements.into_iter().map(|element| Some(element.kind)).collect();
    let mut tree = TagTree::new();
    for root in roots {
        tree.push(group(root, &mut kinds, &mut leaves, &inside));
    }
    tree
}

fn group(
    index: usize,
    kinds: &mut [Option<krilla::tagging::TagKind>],
    leaves: &mut [Vec<Identifier>],
    inside: &[Vec<usize>],
) -> TagGroup {
    let mut group = TagGroup::new(kinds[index].take().expect("an element has one parent"));
    for leaf in std::mem::take(&mut leaves[index]) {
        group.push(leaf);
    }
    for &child in &inside[index] {
        group.push(self::group(child, kinds, leaves, inside));
    }
    group
}

fn outline(headings: &[(String, usize, f32)]) -> Outline {
    let mut outline = Outline::new();
    for (text, page, y) in headings {
        let place = XyzDestination::new(*page, Point::from_xy(MARGIN, y - 20.0));
        outline.push_child(OutlineNode::new(text.clone(), place));
    }
    outline
}

fn metadata(imprint: &Imprint) -> Metadata {
    let made = imprint.made_at.to_zoned(TimeZone::UTC);
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let date = DateTime::new(u16::try_from(made.year()).unwrap_or_default())
        .month(part(made.month()))
        .day(part(made.day()))
        .hour(part(made.hour()))
        .minute(part(made.minute()))
        .second(part(made.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(imprint.title.clone())
        .authors(vec![imprint.brand.clone()])
        .language("en".to_owned())
        .creator(concat!("Bonafide ", env!("CARGO_PKG_VERSION")).to_owned())
        .creation_date(date)
        .document_id(imprint.session_id.clone())
}
