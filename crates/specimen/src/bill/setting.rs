//! What stands where on a bill.

use super::words::{self, Words};
use super::{Bill, Dates, Field, Leaf, Run, Service};
use crate::bearer::Bearer;
use crate::canvas::{Colour, Lettering, area, mix};
use crate::catalogue::Layout;
use crate::dates::written;
use crate::dice::Dice;
use crate::fonts::Fonts;
use crate::item::Item;
use crate::person::{BirthDate, number};
use crate::scheme::Scheme;
use jiff::civil::Date;

const INK: Colour = [30.0, 30.0, 36.0];
const FAINT: Colour = [84.0, 84.0, 92.0];

/// A sheet in the making.
struct Setter<'a> {
    layout: &'a Layout,
    bill: &'a Bill,
    words: &'static Words,
    fonts: &'a Fonts,
    strong: Colour,
    leaf: Leaf,
}

/// Sets a whole bill.
pub(super) fn set(
    layout: &Layout,
    bill: &Bill,
    bearer: &Bearer,
    scheme: &Scheme,
    dates: Dates,
    fonts: &Fonts,
    dice: &mut Dice,
) -> Leaf {
    let words = words::of(layout.language);
    let mut setter = Setter { layout, bill, words, fonts, strong: scheme.strong, leaf: Leaf::default() };
    let (width, _) = layout.size.mm();
    let total = dice.whole(1800, 24000);
    setter.head(width);
    setter.addressee(bearer, if bill.address_right { width - 88.0 } else { 22.0 });
    setter.facts(bearer, dates, total, if bill.address_right { 22.0 } else { width - 88.0 }, dice);
    setter.text(words.title(bill.service), 22.0, 118.0, 5.6, true, scheme.strong);
    let below = match bill.service {
        Service::Bank => setter.movements(dates, width, dice),
        _ => setter.charges(total, width),
    };
    if bill.service != Service::Bank {
        setter.meter(bearer, below + 12.0, dice);
    }
    if bill.qr {
        let payload = format!(
            "BCD\n002\n1\nSCT\n\n{}\nXX00SPECIMEN0000\nEUR{}.{:02}\n\n\n{}",
            // Readers do not agree on how a code says in which alphabet it is written.
            if bill.issuer.is_ascii() { bill.issuer } else { "SPECIMEN" },
            total / 100,
            total % 100,
            setter
                .leaf
                .fields
                .iter()
                .find(|field| field.item == Item::InvoiceNumber)
                .map_or("", |field| &field.text)
        );
        setter.leaf.code = Some((payload, [width - 58.0, below + 8.0, 34.0, 34.0]));
    }
    setter.leaf
}

impl Setter<'_> {
    fn lettering(&self, size: f32, bold: bool) -> Lettering<'_> {
        let font = if bold { &self.fonts.text_bold } else { &self.fonts.text };
        Lettering { font, size, colour: INK, tracking: 0.0 }
    }

    /// Sets a line and returns the area that it covers.
    fn text(
        &mut self,
        text: &str,
        left: f32,
        baseline: f32,
        size: f32,
        bold: bool,
        colour: Colour,
    ) -> crate::canvas::Area {
        let width = self.lettering(size, bold).width(text);
        self.leaf.runs.push(Run { text: text.to_owned(), left, baseline, size, bold, colour });
        area(left, baseline - size * 0.95, width, size * 1.2)
    }

    /// Sets a line that ends at `right`.
    fn flush(&mut self, text: &str, right: f32, baseline: f32, size: f32, bold: bool) -> crate::canvas::Area {
        let width = self.lettering(size, bold).width(text);
        self.text(text, right - width, baseline, size, bold, INK)
    }

    fn field(&mut self, item: Item, label: &str, text: &str, value: &str, place: crate::canvas::Area) {
        let (label, text, value) = (label.to_owned(), text.to_owned(), value.to_owned());
        self.leaf.fields.push(Field { item, label, text, value, place });
    }

    fn head(&mut self, width: f32) {
        let strong = self.strong;
        self.leaf.rules.push((area(0.0, 0.0, width, 5.0), strong));
        self.leaf.rules.push((area(22.0, 38.0, width - 44.0, 0.4), mix(strong, [255.0; 3], 0.3)));
        let place = self.text(self.bill.issuer, 38.0, 23.0, 5.2, true, strong);
        self.field(Item::Issuer, "", self.bill.issuer, self.bill.issuer, place);
        let place = self.text(self.bill.issuer_address, 38.0, 29.0, 2.9, false, FAINT);
        self.field(Item::IssuerAddress, "", self.bill.issuer_address, self.bill.issuer_address, place);
    }

    /// Name, street and town as on an envelope.
    fn addressee(&mut self, bearer: &Bearer, left: f32) {
        let person = &bearer.person;
        let name = format!("{} {}", person.given_names, person.surname).trim().to_owned();
        let size = 3.9_f32;
        let lines = [
            (Item::FullName, name),
            (Item::Street, bearer.street.clone()),
            (Item::City, bearer.city.clone()),
        ];
        for (index, (item, text)) in lines.into_iter().enumerate() {
            let fitted = self.lettering(size, false).fitted(&text, 70.0).size;
            let place = self.text(&text, left, 56.0 + index as f32 * 5.6, fitted, false, INK);
            self.field(item, "", &text, &text, place);
        }
    }

    /// The box with numbers and dates.
    fn facts(&mut self, bearer: &Bearer, dates: Dates, total: i32, left: f32, dice: &mut Dice) {
        let day = |date| self.day(date);
        let period = format!("{} {} {}", day(dates.from), self.words.to, day(dates.until));
        let span = format!("{}/{}", dates.from, dates.until);
        let account = number("XX## #### #### #### ####", dice);
        let invoice = number("@@-##-######", dice);
        let mut facts = vec![
            (Item::CustomerNumber, bearer.number.clone(), bearer.number.clone()),
            (Item::IssueDate, day(dates.issued), dates.issued.to_string()),
            (Item::Period, period, span),
        ];
        if self.bill.service == Service::Bank {
            facts.insert(0, (Item::AccountNumber, account.clone(), account));
        } else {
            facts.insert(0, (Item::InvoiceNumber, invoice.clone(), invoice));
            facts.push((Item::DueDate, day(dates.due), dates.due.to_string()));
            facts.push((Item::Amount, self.sum(total), format!("{}.{:02}", total / 100, total % 100)));
        }
        for (index, (item, text, value)) in facts.into_iter().enumerate() {
            let top = 50.0 + index as f32 * 9.4;
            let label = self.words.label(item);
            self.text(label, left, top, 2.5, false, FAINT);
            let place = self.text(&text, left, top + 4.4, 3.3, item == Item::Amount, INK);
            self.field(item, label, &text, &value, place);
        }
    }

    /// Four lines and their sum; returns where they end.
    fn charges(&mut self, total: i32, width: f32) -> f32 {
        let right = width - 24.0;
        let parts = [total * 12 / 100, total * 58 / 100, total * 12 / 100];
        let tax = total - parts.iter().sum::<i32>();
        let amounts = [parts[0], parts[1], parts[2], tax, total];
        let mut baseline = 130.0;
        for (index, amount) in amounts.into_iter().enumerate() {
            let last = index == 4;
            let rule = if last { self.strong } else { [214.0; 3] };
            self.leaf
                .rules
                .push((area(22.0, baseline - 5.6, width - 44.0, if last { 0.5 } else { 0.2 }), rule));
            self.text(self.words.lines[index], 24.0, baseline, 3.4, last, INK);
            let text = self.sum(amount);
            self.flush(&text, right, baseline, 3.4, last);
            baseline += 8.2;
        }
        baseline
    }

    /// The service address and the meter.
    fn meter(&mut self, bearer: &Bearer, baseline: f32, dice: &mut Dice) {
        let address = format!("{}, {}", bearer.street, bearer.city);
        let label = self.words.service_address;
        self.text(label, 22.0, baseline, 2.6, false, FAINT);
        let place = self.text(&address, 22.0, baseline + 4.6, 3.2, false, INK);
        self.field(Item::Address, label, &address, &address, place);
        if self.bill.service == Service::Telephone {
            return;
        }
        let meter = number("##@########", dice);
        let label = self.words.label(Item::MeterNumber);
        self.text(label, 22.0, baseline + 11.0, 2.6, false, FAINT);
        let place = self.text(&meter, 22.0, baseline + 15.6, 3.2, false, INK);
        self.field(Item::MeterNumber, label, &meter, &meter, place);
    }

    /// A statement's movements with the balance after each; returns where they end.
    fn movements(&mut self, dates: Dates, width: f32, dice: &mut Dice) -> f32 {
        const SHOPS: [&str; 10] = [
            "Fennel & Sons",
            "Larkin Market",
            "Tram 42",
            "Old Mill Bakery",
            "Blue Lantern Books",
            "Salary Merriden Ltd",
            "Rent",
            "Westerholm Pharmacy",
            "Cinema Fiammetta",
            "Transfer",
        ];
        let columns = [24.0, 52.0, width - 62.0, width - 24.0];
        let headings = self.words.columns;
        self.text(headings[0], columns[0], 128.0, 2.8, true, FAINT);
        self.text(headings[1], columns[1], 128.0, 2.8, true, FAINT);
        self.flush(headings[2], columns[2], 128.0, 2.8, true);
        self.flush(headings[3], columns[3], 128.0, 2.8, true);
        let mut balance = dice.whole(50_000, 900_000);
        let mut baseline = 136.0;
        let count = dice.whole(8, 15);
        for index in 0..count {
            let date = dates.from.saturating_add(jiff::Span::new().days(index * 30 / count));
            let shop = *dice.pick(&SHOPS);
            let amount = if shop.starts_with("Salary") {
                dice.whole(150_000, 400_000)
            } else {
                -dice.whole(250, 48_000)
            };
            balance += amount;
            let (day, amount, after) = (self.day(date), self.sum(amount), self.sum(balance));
            self.text(&day, columns[0], baseline, 3.0, false, INK);
            self.text(shop, columns[1], baseline, 3.0, false, INK);
            self.flush(&amount, columns[2], baseline, 3.0, false);
            self.flush(&after, columns[3], baseline, 3.0, false);
            self.leaf.rules.push((area(22.0, baseline + 2.0, width - 44.0, 0.15), [220.0; 3]));
            baseline += 7.0;
        }
        baseline
    }

    fn day(&self, date: Date) -> String {
        let date = BirthDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) };
        written(date, self.layout.look.dates, self.layout.language)
    }

    /// Cents as the country writes money.
    fn sum(&self, cents: i32) -> String {
        let sign = if cents < 0 { "−" } else { "" };
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        let before = matches!(self.bill.money, "£" | "$");
        let (group, point) = if before { (",", ".") } else { (".", ",") };
        let whole = if whole >= 1000 {
            format!("{}{group}{:03}", whole / 1000, whole % 1000)
        } else {
            whole.to_string()
        };
        if before {
            format!("{sign}{}{whole}{point}{rest:02}", self.bill.money)
        } else {
            format!("{sign}{whole}{point}{rest:02} {}", self.bill.money)
        }
    }
}
