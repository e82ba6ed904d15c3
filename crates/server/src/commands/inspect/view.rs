//! The same for programs and for people.

use std::path::Path;

use document::mrz::Resolved;
use serde_json::{Value, json};
use vision::Point;

use super::Inspected;
use super::sight::{Print, Sight};

impl Inspected {
    /// One line of JSON; docs/inspect.md describes it.
    pub(super) fn line(&self, file: &Path) -> Value {
        let of = |view: fn(&Sight) -> Value| self.sight.as_ref().map_or(Value::Null, view);
        json!({
            "file": file,
            "document": of(Sight::document),
            "mrz": of(|sight| sight.zone.as_ref().map_or(Value::Null, Resolved::inspection)),
            "fields": of(|sight| sight.print.as_ref().map_or(Value::Null, Print::view)),
            "barcode": of(Sight::barcode),
            "warnings": self.warnings,
            "ms": self.millis,
        })
    }

    pub(super) fn print(&self, file: &Path) {
        println!("{} ({} ms)", file.display(), self.millis);
        if let Some(sight) = &self.sight {
            sight.print();
        }
        for warning in &self.warnings {
            println!("  ! {warning}");
        }
    }
}

impl Sight {
    fn document(&self) -> Value {
        let Some(outline) = self.found.best() else { return Value::Null };
        json!({
            "corners": pixels(&outline.corners),
            "confidence": outline.confidence,
            "shape": outline.shape,
            "whole": outline.is_whole(),
            "documents": self.found.outlines.len(),
            "picture": [self.size.0, self.size.1],
        })
    }

    fn barcode(&self) -> Value {
        let view = |(barcode, licence): &(vision::barcode::Barcode, Option<document::aamva::Licence>)| {
            json!({
                "symbology": barcode.symbology,
                "text": barcode.text,
                "corners": pixels(&barcode.corners),
                "licence": licence,
            })
        };
        self.barcodes.iter().map(view).collect()
    }

    fn print(&self) {
        if let Some(outline) = self.found.best() {
            let [a, _, c, _] = outline.corners;
            println!(
                "  {:?} from {:.0},{:.0} to {:.0},{:.0}, {:.0} % sure",
                outline.shape,
                a.x,
                a.y,
                c.x,
                c.y,
                outline.confidence * 100.0
            );
        }
        if let Some(mrz) = self.zone.as_ref().and_then(|zone| zone.mrz.as_ref()) {
            for line in &mrz.lines {
                println!("  {line}");
            }
            let verdict = if mrz.valid { "valid" } else { "NOT valid" };
            println!("  {} {verdict}: {} {}", mrz.format.name(), mrz.fields.given_names, mrz.fields.surname);
        }
        for (barcode, licence) in &self.barcodes {
            println!("  {:?}, {} bytes", barcode.symbology, barcode.bytes.len());
            let issuer = licence.as_ref().and_then(|licence| licence.issuer.as_ref());
            if let (Some(licence), Some(issuer)) = (licence, issuer) {
                let word = |word: &Option<String>| word.clone().unwrap_or_default();
                let fields = &licence.fields;
                println!(
                    "    licence of {}: {} {}, {}",
                    issuer.name,
                    word(&fields.first_name),
                    word(&fields.family_name),
                    word(&fields.customer_number)
                );
            }
        }
        for (field, found) in self.print.iter().flat_map(|print| &print.fields.fields) {
            println!("  {field:?}: {}", found.text);
        }
        for line in self.print.iter().flat_map(|print| &print.lines) {
            println!("  {:>3.0} %  {}", line.confidence * 100.0, line.text);
        }
    }
}

impl Print {
    fn view(&self) -> Value {
        let (width, height) = (self.size.0 as f32, self.size.1 as f32);
        let share = |corner: &Point| json!([corner.x / width, corner.y / height]);
        let lines: Vec<Value> = self
            .lines
            .iter()
            .map(|line| {
                let corners: Vec<Value> = line.corners.iter().map(share).collect();
                json!({ "text": line.text, "confidence": line.confidence, "corners": corners })
            })
            .collect();
        let of = if self.of_document { "document" } else { "picture" };
        json!({
            "printed": self.fields,
            "lines": lines,
            "corners_of": of,
            "quarter_turns": self.quarter_turns,
        })
    }
}

fn pixels(corners: &[Point; 4]) -> Value {
    corners.iter().map(|corner| json!([corner.x, corner.y])).collect()
}
