//! Elements by section: a `SECTION_HEADER` begins a new one.

use super::content::{Content, Element, Kind};

/// A header, if there is one, and what stands under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<'content> {
    /// Its `SECTION_HEADER`.
    pub header: Option<&'content Element>,
    /// The other elements.
    pub items: Vec<&'content Element>,
}

/// The content's sections in order. There is one at least; one without header and items is left out.
pub fn sections(content: &Content) -> Vec<Section<'_>> {
    let mut sections = vec![Section { header: None, items: Vec::new() }];
    for element in &content.elements {
        if element.kind == Kind::SectionHeader {
            sections.push(Section { header: Some(element), items: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            section.items.push(element);
        }
    }
    if sections.len() > 1 && sections[0].items.is_empty() {
        sections.remove(0);
    }
    sections
}
