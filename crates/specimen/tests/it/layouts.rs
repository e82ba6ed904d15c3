//! Layouts: what is drawn agrees with what is said of it.

use crate::fonts;
use document::mrz;
use jiff::civil::{Date, date};
use rxing::DecodeHints;
use specimen::{
    Category, Conditions, Distortion, Item, Layout, Papers, PersonOptions, Place, Sheet, Symbology, capture,
    papers,
};
use std::collections::HashSet;
use std::sync::LazyLock;

const TODAY: Date = date(2026, 11, 22);

/// Every layout once, drawn when first asked for.
static EVERY: LazyLock<Vec<Papers>> = LazyLock::new(|| Layout::all().map(|layout| draw(layout, 6)).collect());

fn draw(layout: &'static Layout, seed: u64) -> Papers {
    papers(layout, seed, TODAY, &PersonOptions::default(), &fonts())
}

#[test]
fn there_are_thirty_layouts_or_more_with_names_of_their_own() {
    let names: HashSet<&str> = Layout::all().map(|layout| layout.name).collect();
    assert_eq!(names.len(), Layout::all().count());
    assert!(names.len() >= 30, "{}", names.len());
    for layout in Layout::all() {
        assert!(Layout::named(layout.name).is_some_and(|found| found.name == layout.name));
    }
}

fn lies_inside(place: Place) -> bool {
    let [left, top, right, bottom] = place;
    0.0 <= left && left < right && right <= 1.0 && 0.0 <= top && top < bottom && bottom <= 1.0
}

/// Share of dots in a box that are much darker than paper.
fn inked(sheet: &Sheet, [left, top, right, bottom]: Place) -> f32 {
    let (width, height) = sheet.image.dimensions();
    let dot = |share: f32, most: u32| (share * most as f32) as u32;
    let (mut dark, mut all) = (0.0, 0.0_f32);
    for y in dot(top, height)..dot(bottom, height) {
        for x in dot(left, width)..dot(right, width) {
            all += 1.0;
            dark += f32::from(u8::from(sheet.image.get_pixel(x, y).0[1] < 110));
        }
    }
    dark / all.max(1.0)
}

#[test]
fn every_layout_draws_and_every_field_lies_on_its_page_in_ink() {
    for papers in EVERY.iter() {
        let layout = papers.layout;
        assert_eq!(papers.sheets.len(), layout.sides());
        let western = !["POL", "GRC", "BGR"].contains(&layout.country);
        let paper = [Category::UtilityBill, Category::BankStatement].contains(&layout.category);
        assert_eq!(papers.pdf.is_some(), paper && western, "{}", layout.name);
        for sheet in &papers.sheets {
            let content = &sheet.content;
            assert!(!content.fields.is_empty(), "{} {:?}", layout.name, sheet.side);
            for field in &content.fields {
                assert!(!field.text.is_empty(), "{} {:?}", layout.name, field.item);
                assert!(lies_inside(field.place), "{} {field:?}", layout.name);
                let ink = inked(sheet, field.place);
                assert!(ink > 0.01 || field.text == "—", "{} {field:?}: {ink}", layout.name);
            }
            for place in content.portrait.iter().chain(&content.machine_zone) {
                assert!(lies_inside(*place), "{}", layout.name);
            }
        }
    }
}

#[test]
fn printed_fields_agree_with_the_machine_readable_zone() {
    for papers in EVERY.iter() {
        let layout = papers.layout;
        let field = |item| {
            let mut fields = papers.sheets.iter().flat_map(|sheet| &sheet.content.fields);
            fields.find(|field| field.item == item).map(|field| field.value.clone())
        };
        for sheet in papers.sheets.iter().filter(|sheet| !sheet.content.mrz.is_empty()) {
            let lines: Vec<&str> = sheet.content.mrz.iter().map(String::as_str).collect();
            let zone = mrz::parse(&lines, TODAY).mrz.expect("the lines parse");
            assert!(zone.valid, "{} {lines:?}", layout.name);
            assert_eq!(Some(zone.fields.document_number.clone()), field(Item::Number), "{}", layout.name);
            let expiry = papers.person.expires.to_string();
            assert_eq!(Some(expiry), field(Item::ExpiryDate), "{}", layout.name);
            assert_eq!(Some(papers.person.birth.to_string()), field(Item::BirthDate), "{}", layout.name);
        }
    }
}

/// Reads the bar code in a box of a sheet, with a little of what is around it.
fn read(sheet: &Sheet, [left, top, right, bottom]: Place) -> String {
    let (width, height) = sheet.image.dimensions();
    let dot = |share: f32, most: u32| ((share * most as f32).max(0.0) as u32).min(most);
    let (x, y) = (dot(left - 0.03, width), dot(top - 0.03, height));
    let (wide, high) = (dot(right + 0.03, width) - x, dot(bottom + 0.03, height) - y);
    let cut = image::imageops::crop_imm(&sheet.image, x, y, wide, high).to_image();
    let grey = cut.pixels().map(|pixel| pixel.0[1]).collect();
    let mut hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let read = rxing::helpers::detect_in_luma_with_hints(grey, wide, high, None, &mut hints);
    read.map_or_else(|error| error.to_string(), |read| read.getText().to_owned())
}

#[test]
fn bar_codes_read_back_as_their_payload() {
    let mut seen = HashSet::new();
    for papers in EVERY.iter() {
        for sheet in &papers.sheets {
            for code in &sheet.content.barcodes {
                assert!(lies_inside(code.place), "{}", sheet.layout);
                assert_eq!(read(sheet, code.place), code.payload, "{} {:?}", sheet.layout, code.symbology);
                seen.insert(code.symbology);
            }
        }
    }
    assert!([Symbology::Pdf417, Symbology::Qr, Symbology::Code128].iter().all(|known| seen.contains(known)));
}

#[test]
fn american_licences_say_on_their_back_what_they_say_on_their_front() {
    let american = |papers: &&Papers| ["USA", "CAN"].contains(&papers.layout.country);
    let licences = EVERY.iter().filter(american);
    for papers in licences.filter(|papers| papers.layout.category == Category::DrivingLicence) {
        let layout = papers.layout;
        let code = papers.sheets[1].content.barcodes.iter().find(|code| code.symbology == Symbology::Pdf417);
        let payload = &code.expect("there is a bar code").payload;
        for (element, item) in [("DAQ", Item::Number), ("DCA", Item::Class), ("DCF", Item::Discriminator)] {
            let printed = papers.sheets[0].content.fields.iter().find(|field| field.item == item);
            let line = format!("{element}{}", printed.expect("the field is printed").text);
            assert!(payload.contains(&line), "{} {line}", layout.name);
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_sheets_and_another_seed_another_holder() {
    let layout = Layout::named("deu-id-card").unwrap();
    let (one, same, other) = (draw(layout, 7), draw(layout, 7), draw(layout, 8));
    for (one, same) in one.sheets.iter().zip(&same.sheets) {
        assert_eq!(one.image, same.image);
        assert_eq!(one.content, same.content);
    }
    assert_ne!(one.document_number, other.document_number);
}

#[test]
fn a_photograph_of_a_sheet_says_everything_that_is_printed_on_it() {
    let papers = draw(Layout::named("usa-ca-driving-licence").unwrap(), 2);
    let conditions = Conditions { distortions: vec![(Distortion::Rotation, 1.0)], ..Conditions::default() };
    let truth = serde_json::to_value(capture(&[&papers.sheets[1]], &conditions, 2).truth).unwrap();
    let document = &truth["documents"][0];
    assert_eq!(document["kind"], "driving-licence");
    assert_eq!(document["subdivision"], "CA");
    assert_eq!(document["side"], "back");
    assert_eq!(document["barcodes"][0]["symbology"], "pdf417");
    assert_eq!(document["quarter_turns"], 2);
    assert!(document["fields"][0]["box"].as_array().is_some_and(|sides| sides.len() == 4));
}

#[test]
fn american_bar_codes_parse_and_agree_with_the_front() {
    for papers in EVERY.iter().filter(|papers| ["USA", "CAN"].contains(&papers.layout.country)) {
        for code in papers.sheets[1..].iter().flat_map(|sheet| &sheet.content.barcodes) {
            if code.symbology != Symbology::Pdf417 {
                continue;
            }
            let licence = document::aamva::parse(code.payload.as_bytes());
            assert_eq!(licence.findings, [], "{}", papers.layout.name);
            assert_eq!(licence.issuer.map(|issuer| issuer.code), Some(papers.layout.subdivision));
            assert_eq!(licence.fields.expiration_date, Some(papers.person.expires));
        }
    }
}

#[test]
fn a_bill_names_its_holder_and_address_and_is_a_file_too() {
    for papers in EVERY.iter().filter(|papers| papers.pdf.is_some()) {
        let file = papers.pdf.as_ref().expect("there is a file");
        assert!(file.starts_with(b"%PDF-") && file.len() < 200_000, "{} {}", papers.layout.name, file.len());
        let text = |item| {
            let field = papers.sheets[0].content.fields.iter().find(|field| field.item == item);
            field.map(|field| field.text.clone()).unwrap_or_default()
        };
        assert!(text(Item::FullName).contains(&papers.person.surname), "{}", papers.layout.name);
        let [street, city, issuer, issued] =
            [Item::Street, Item::City, Item::Issuer, Item::IssueDate].map(text);
        assert!(!street.is_empty() && !city.is_empty() && !issuer.is_empty() && !issued.is_empty());
    }
}
