//! Which value belongs to which label: by line, by place and by form.

use std::collections::BTreeMap;

use super::date::{Century, find};
use super::dissect::{Line, dissect};
use super::field::{Label, PrintedField};
use super::numbered::{self, Numbered};
use super::value::{self, Read};
use super::{Found, Hints, Printed, TextLine};

/// The upright rectangle around a line, in fractions of the document.
#[derive(Debug, Clone, Copy)]
struct Place {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Place {
    fn of(line: &TextLine) -> Self {
        let xs = line.corners.map(|(x, _)| if x.is_finite() { x.clamp(-1.0, 2.0) } else { 0.0 });
        let ys = line.corners.map(|(_, y)| if y.is_finite() { y.clamp(-1.0, 2.0) } else { 0.0 });
        let least = |values: [f32; 4]| values.into_iter().fold(f32::MAX, f32::min);
        let most = |values: [f32; 4]| values.into_iter().fold(f32::MIN, f32::max);
        Self { left: least(xs), top: least(ys), right: most(xs), bottom: most(ys) }
    }

    fn height(self) -> f32 {
        (self.bottom - self.top).max(0.005)
    }

    /// Share of the lower one's height that lies on the same level.
    fn level(self, other: Self) -> f32 {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        shared / self.height().min(other.height())
    }

    fn columns_meet(self, other: Self) -> bool {
        self.left < other.right + 0.02 && other.left < self.right + 0.02
    }

    /// How far a value is from this label: small below it and to its right; `None` elsewhere.
    fn distance(self, value: Self) -> Option<f32> {
        let gap = value.left - self.right;
        if self.level(value) > 0.5 && gap > -0.02 {
            return (gap < 0.45).then_some(0.015 + gap.max(0.0) * 0.5);
        }
        let drop = value.top - self.bottom;
        let below = value.top > self.top + 0.35 * self.height();
        let near = drop < 2.2 * self.height().max(value.height());
        let aligned = (value.left - self.left).abs();
        (below && near && self.columns_meet(value)).then_some(drop.max(0.0) * 0.8 + aligned * 0.25)
    }
}

pub(super) struct Reader<'a> {
    lines: &'a [&'a TextLine],
    hints: &'a Hints,
    parts: Vec<Line>,
    places: Vec<Place>,
    /// The label line or own line for which a line was taken.
    taken: Vec<Option<usize>>,
    found: BTreeMap<PrintedField, Found>,
    second_surname: Option<String>,
}

/// A value that could be a label's.
struct Candidate {
    cost: f32,
    target: Target,
    label: usize,
    line: usize,
    read: Read,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Field(PrintedField),
    SecondSurname,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lines: &'a [&'a TextLine], hints: &'a Hints) -> Self {
        let parts =
            lines.iter().map(|line| dissect(&line.text.chars().take(300).collect::<String>())).collect();
        Self {
            lines,
            hints,
            parts,
            places: lines.iter().map(|line| Place::of(line)).collect(),
            taken: vec![None; lines.len()],
            found: BTreeMap::new(),
            second_surname: None,
        }
    }

    /// Fields behind numbers, where the document is a driving licence or enough of its lines are numbered.
    pub(super) fn numbered(&mut self) {
        let american = matches!(self.hints.country.as_deref(), Some("USA" | "CAN"));
        let lines: Vec<(usize, Vec<(String, String)>)> =
            self.lines.iter().enumerate().map(|(at, line)| (at, numbered::parts(&line.text))).collect();
        let mut numbers: Vec<&str> =
            lines.iter().flat_map(|(_, parts)| parts).map(|(number, _)| number.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let typical =
            numbers.iter().filter(|number| ["1", "2", "3", "4a", "4b", "4c", "5"].contains(number)).count();
        let enough = typical >= if self.hints.driving_licence == Some(true) { 2 } else { 4 };
        if self.hints.driving_licence == Some(false) || !enough {
            return;
        }
        for (at, parts) in &lines {
            for (number, text) in parts {
                let Some(field) = numbered::field(number, american) else { continue };
                // On American cards the label stands between number and value: `4b EXP 08/31/2030`.
                let labelled = dissect(text);
                let text = if labelled.labels.is_empty() { text } else { &labelled.rest };
                if text.trim().is_empty() {
                    self.value_beside(*at, field);
                } else {
                    self.take(field, *at, *at, text, 0.0);
                }
            }
        }
    }

    /// A number alone: its value is the nearest line to the right or below.
    fn value_beside(&mut self, at: usize, field: Numbered) {
        let near = (0..self.lines.len())
            .filter(|other| {
                *other != at
                    && self.taken[*other].is_none()
                    && numbered::parts(&self.lines[*other].text).is_empty()
            })
            .filter_map(|other| Some((self.places[at].distance(self.places[other])?, other)))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((cost, other)) = near {
            let text = self.lines[other].text.clone();
            self.take(field, at, other, &text, cost);
        }
    }

    fn take(&mut self, field: Numbered, label: usize, line: usize, text: &str, cost: f32) {
        match field {
            Numbered::Field(field) => {
                if let Some(read) = value::read(field, text, self.hints) {
                    self.keep(Candidate { cost, target: Target::Field(field), label, line, read });
                }
            }
            Numbered::Birth => self.birth(label, line, text, cost),
        }
    }

    /// Date and place in one value.
    fn birth(&mut self, label: usize, line: usize, text: &str, cost: f32) {
        let spots = find(text, self.hints.country.as_deref(), Century::Past(self.hints.today));
        if let Some(read) = value::read(PrintedField::BirthDate, text, self.hints) {
            self.keep(Candidate { cost, target: Target::Field(PrintedField::BirthDate), label, line, read });
        }
        let place = match spots.first() {
            Some(spot) => [&text[..spot.start], &text[spot.end..]].concat(),
            None => text.to_owned(),
        };
        let place = place.trim_matches(|character: char| !character.is_alphanumeric() && character != ')');
        if let Some(read) = value::read(PrintedField::BirthPlace, place, self.hints) {
            self.keep(Candidate { cost, target: Target::Field(PrintedField::BirthPlace), label, line, read });
        }
    }

    fn keep(&mut self, candidate: Candidate) {
        let Candidate { cost, target, label, line, read } = candidate;
        self.taken[line] = Some(label);
        let edits = self.parts[label].edits.min(3) as f32;
        let confidence = self.lines[line].confidence.clamp(0.0, 1.0)
            * read.suits
            * (1.0 - 0.1 * edits)
            * (1.0 - cost.clamp(0.0, 0.3));
        if target == Target::SecondSurname {
            self.second_surname.get_or_insert(read.text);
            return;
        }
        let Target::Field(field) = target else { return };
        let found = Found {
            text: read.text,
            date: read.date,
            sex: read.sex,
            country: read.country,
            centimetres: read.centimetres,
            confidence,
            line,
            label: Some(label),
        };
        self.found.entry(field).or_insert(found);
    }

    /// Values in their label's line first, then the nearest that suits.
    pub(super) fn labelled(&mut self) {
        let announced: Vec<Vec<Label>> = (0..self.lines.len()).map(|at| self.announced(at)).collect();
        let mut candidates = Vec::new();
        for (at, labels) in announced.iter().enumerate().filter(|(_, labels)| !labels.is_empty()) {
            let rest = self.parts[at].rest.clone();
            let before = candidates.len();
            if !rest.is_empty() {
                self.offer(labels, at, at, &rest, 0.0, &mut candidates);
            }
            if candidates.len() > before || labels == &[Label::Other] {
                continue;
            }
            for other in (0..self.lines.len()).filter(|other| *other != at) {
                let Some(cost) = self.places[at].distance(self.places[other]) else { continue };
                if announced[other].is_empty() && !self.screened(at, other, &announced) {
                    let text = self.parts[other].rest.clone();
                    self.offer(labels, at, other, &text, cost + 0.01, &mut candidates);
                }
            }
        }
        candidates.sort_by(|a, b| {
            let rank = |candidate: &Candidate| candidate.cost + (1.0 - candidate.read.suits) * 0.4;
            rank(a).total_cmp(&rank(b))
        });
        for candidate in candidates {
            let free = self.taken[candidate.line].is_none_or(|label| label == candidate.label);
            let open = match candidate.target {
                Target::Field(field) => !self.found.contains_key(&field),
                Target::SecondSurname => self.second_surname.is_none(),
            };
            if free && open {
                self.keep(candidate);
            }
        }
        self.continuations(&announced);
    }

    /// What the labels of a line mean on this document.
    fn announced(&self, at: usize) -> Vec<Label> {
        let has =
            |wanted: PrintedField| self.parts.iter().any(|line| line.labels.contains(&Label::Field(wanted)));
        let labels = &self.parts[at].labels;
        let others_name = labels.iter().any(|label| matches!(label, Label::Field(field) if field.is_name()));
        let mut out: Vec<Label> = Vec::new();
        for label in labels {
            let meant = match label {
                Label::Name if others_name => continue,
                Label::Name => match (has(PrintedField::Surname), has(PrintedField::GivenNames)) {
                    (true, false) => Label::Field(PrintedField::GivenNames),
                    (false, true) => Label::Field(PrintedField::Surname),
                    _ => Label::Field(PrintedField::FullName),
                },
                // `NOMBRE` with no label for surnames covers the whole name.
                Label::Field(PrintedField::GivenNames) if !has(PrintedField::Surname) && !self.has_name() => {
                    Label::Field(PrintedField::FullName)
                }
                other => *other,
            };
            if !out.contains(&meant) {
                out.push(meant);
            }
        }
        // `NOMBRE / NOM`: the second language has another line for surnames.
        let surname = Label::Field(PrintedField::Surname);
        let elsewhere =
            self.parts.iter().enumerate().any(|(other, line)| other != at && line.labels.contains(&surname));
        if elsewhere && out.contains(&Label::Field(PrintedField::GivenNames)) {
            out.retain(|label| *label != surname);
        }
        if out.len() > 1 {
            out.retain(|label| *label != Label::Other);
        }
        out
    }

    fn has_name(&self) -> bool {
        self.parts.iter().any(|line| line.labels.contains(&Label::Name))
    }

    fn offer(
        &self,
        labels: &[Label],
        label: usize,
        line: usize,
        text: &str,
        cost: f32,
        out: &mut Vec<Candidate>,
    ) {
        for wanted in labels {
            let fields: &[PrintedField] = match wanted {
                Label::Field(field) => &[*field],
                Label::Birth => &[PrintedField::BirthDate, PrintedField::BirthPlace],
                Label::SecondSurname => &[PrintedField::Surname],
                Label::Name | Label::Other => &[],
            };
            for field in fields {
                let own = match (wanted, field) {
                    (Label::Birth, PrintedField::BirthPlace) => self.without_date(text),
                    _ => text.to_owned(),
                };
                let Some(read) = value::read(*field, &own, self.hints) else { continue };
                let target = if *wanted == Label::SecondSurname {
                    Target::SecondSurname
                } else {
                    Target::Field(*field)
                };
                out.push(Candidate { cost, target, label, line, read });
            }
        }
    }

    fn without_date(&self, text: &str) -> String {
        let spots = find(text, self.hints.country.as_deref(), Century::Past(self.hints.today));
        spots
            .first()
            .map_or_else(|| text.to_owned(), |spot| format!("{} {}", &text[..spot.start], &text[spot.end..]))
    }

    /// Whether another label stands between a label and a line, so that the line is the other's.
    fn screened(&self, label: usize, line: usize, announced: &[Vec<Label>]) -> bool {
        let (from, to) = (self.places[label], self.places[line]);
        (0..self.lines.len()).filter(|other| *other != label && !announced[*other].is_empty()).any(|other| {
            let place = self.places[other];
            let between_rows = place.top > from.top + 0.3 * from.height()
                && place.bottom < to.top + 0.5 * to.height()
                && place.columns_meet(to);
            let between_columns = from.level(to) > 0.5
                && place.level(to) > 0.5
                && place.left > from.left
                && place.left < to.left;
            between_rows || between_columns
        })
    }

    /// Names, addresses and authorities of more than one line: what stands right below, on the same edge, and is no
    /// label's and no other field's.
    fn continuations(&mut self, announced: &[Vec<Label>]) {
        for field in [
            PrintedField::Address,
            PrintedField::FullName,
            PrintedField::Surname,
            PrintedField::GivenNames,
            PrintedField::Authority,
        ] {
            let most = if matches!(field, PrintedField::Address | PrintedField::FullName) { 3 } else { 1 };
            for _ in 0..most {
                let Some(found) = self.found.get(&field) else { break };
                let Some(next) = self.below(found.line, announced) else { break };
                let text = self.parts[next].rest.clone();
                let Some(read) = value::read(field, &text, self.hints).filter(|read| read.suits > 0.8) else {
                    break;
                };
                let capitals = !read.text.chars().any(char::is_lowercase);
                if field.is_name() && (!capitals || !self.followed(field)) {
                    break;
                }
                self.taken[next] = self.found.get(&field).and_then(|found| found.label).or(Some(next));
                if let Some(found) = self.found.get_mut(&field) {
                    let joint = if field.is_name() { " " } else { ", " };
                    found.text = [found.text.as_str(), joint, &read.text].concat();
                    found.line = next;
                }
            }
        }
    }

    /// Whether names go on over lines here: a whole name does, a surname where the given names' label comes later.
    fn followed(&self, field: PrintedField) -> bool {
        let label = |wanted: PrintedField| self.found.get(&wanted).and_then(|found| found.label);
        match field {
            PrintedField::FullName => true,
            PrintedField::Surname => match (label(PrintedField::Surname), label(PrintedField::GivenNames)) {
                (Some(own), Some(next)) => {
                    own != next
                        && self.places[next].top > self.places[own].bottom + 1.5 * self.places[own].height()
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn below(&self, line: usize, announced: &[Vec<Label>]) -> Option<usize> {
        let place = self.places[line];
        let next = (0..self.lines.len())
            .filter(|other| *other != line)
            .filter(|other| {
                let below = self.places[*other];
                let drop = below.top - place.bottom;
                let same_size = (0.6..1.6).contains(&(below.height() / place.height()));
                (-0.4 * place.height()..0.9 * place.height()).contains(&drop)
                    && (below.left - place.left).abs() < 0.03
                    && same_size
            })
            .min_by(|a, b| self.places[*a].top.total_cmp(&self.places[*b].top))?;
        let free =
            self.taken[next].is_none() && announced[next].is_empty() && self.parts[next].number.is_none();
        free.then_some(next)
    }

    /// Without any label of a date, the earliest of two or three dates is the birth and the latest the expiry.
    pub(super) fn unlabelled(&mut self) {
        if self.found.values().any(|found| found.date.is_some()) {
            return;
        }
        let mut dates: Vec<(jiff::civil::Date, usize)> = Vec::new();
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.text.contains('<')) {
            for spot in find(&line.text, self.hints.country.as_deref(), Century::Near(self.hints.today)) {
                if dates.iter().all(|(date, _)| *date != spot.date) {
                    dates.push((spot.date, at));
                }
            }
        }
        dates.sort_unstable();
        let fields: &[PrintedField] = match dates.len() {
            2 => &[PrintedField::BirthDate, PrintedField::ExpiryDate],
            3 => &[PrintedField::BirthDate, PrintedField::IssueDate, PrintedField::ExpiryDate],
            _ => return,
        };
        let apart = dates[dates.len() - 1].0.year() - dates[0].0.year() >= 10;
        for ((date, line), field) in dates.into_iter().zip(fields).filter(|_| apart) {
            let found = Found {
                text: date.to_string(),
                date: Some(date),
                sex: None,
                country: None,
                centimetres: None,
                confidence: self.lines[line].confidence.clamp(0.0, 1.0) * 0.4,
                line,
                label: None,
            };
            self.found.insert(*field, found);
        }
    }

    pub(super) fn finish(mut self) -> Printed {
        if let (Some(second), Some(first)) =
            (self.second_surname.take(), self.found.get_mut(&PrintedField::Surname))
        {
            first.text = format!("{} {second}", first.text);
        }
        Printed { fields: self.found }
    }
}
