//! Which layouts, sides, attacks and conditions were asked for.

use anyhow::{Context, bail, ensure};
use clap::{Args, ValueEnum};
use specimen::{Attack, Background, Category, Conditions, Difficulty, Distortion, Layout, Side};

/// What to choose. Without any of it, chance draws designs of its own.
#[derive(Debug, Args)]
pub(super) struct Choice {
    /// The issuing country, ISO 3166-1 alpha-3 (DEU); any if not given.
    #[arg(long)]
    country: Option<String>,
    /// One layout by its name; --list names them.
    #[arg(long)]
    layout: Option<String>,
    /// Which side to photograph.
    #[arg(long, value_enum, default_value_t = Sides::Both)]
    side: Sides,
    /// An attack; several follow one another, `any` is one of them by chance.
    #[arg(long, value_name = "NAME")]
    attack: Vec<String>,
    /// What is wrong with the photograph, as NAME or NAME=STRENGTH from 0 to 1; `any` is what chance brings.
    #[arg(long, value_name = "NAME[=STRENGTH]")]
    distortion: Vec<String>,
    /// What the document lies on; any if not given.
    #[arg(long, value_name = "NAME")]
    background: Option<String>,
    /// Width and height of the photograph, for instance 4000x3000.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = frame)]
    frame: Option<(u32, u32)>,
    /// Documents in each photograph: 0, 1 or 2.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=2))]
    documents: u8,
    /// Also write each side as it was drawn, flat and without a camera (.png).
    #[arg(long)]
    flat: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sides {
    Front,
    Back,
    Both,
}

/// What to make, checked.
#[derive(Debug)]
pub(super) struct Work {
    /// Taken in turn.
    pub(super) layouts: Vec<&'static Layout>,
    pub(super) side: Option<Side>,
    pub(super) attacks: Vec<Attack>,
    pub(super) any_attack: bool,
    pub(super) conditions: Conditions,
    pub(super) any_distortion: bool,
    pub(super) documents: u8,
    pub(super) flat: bool,
}

impl Choice {
    /// Whether nothing was chosen.
    pub(super) fn is_open(&self) -> bool {
        self.country.is_none()
            && self.layout.is_none()
            && self.side == Sides::Both
            && self.attack.is_empty()
            && self.distortion.is_empty()
            && self.background.is_none()
            && self.frame.is_none()
            && self.documents == 1
            && !self.flat
    }

    pub(super) fn work(&self, kind: &str, difficulty: Difficulty) -> anyhow::Result<Work> {
        let mut layouts = self.layouts(kind)?;
        if self.side == Sides::Back {
            layouts.retain(|layout| layout.sides() > 1);
            ensure!(!layouts.is_empty(), "no layout of these has a back");
        }
        let named = |names: &[String]| names.iter().any(|name| name == "any");
        let attacks = self.attack.iter().filter(|name| *name != "any");
        let mut conditions = Conditions::of(difficulty);
        for text in self.distortion.iter().filter(|text| *text != "any") {
            let (distortion, strength) = distortion(text)?;
            conditions.distortions.retain(|(known, _)| *known != distortion);
            conditions.distortions.push((distortion, strength));
        }
        conditions.background = self.background.as_deref().map(str::parse::<Background>).transpose()?;
        conditions.frame = self.frame;
        Ok(Work {
            layouts,
            side: match self.side {
                Sides::Front => Some(Side::Front),
                Sides::Back => Some(Side::Back),
                Sides::Both => None,
            },
            attacks: attacks.map(|name| name.parse()).collect::<Result<_, _>>()?,
            any_attack: named(&self.attack),
            conditions,
            any_distortion: named(&self.distortion),
            documents: self.documents,
            flat: self.flat,
        })
    }

    fn layouts(&self, kind: &str) -> anyhow::Result<Vec<&'static Layout>> {
        if let Some(name) = &self.layout {
            let layout = Layout::named(name);
            return Ok(vec![
                layout.with_context(|| format!("no layout is called {name}; --list names them"))?,
            ]);
        }
        let category: Category =
            kind.parse().with_context(|| format!("there are no layouts of kind {kind}"))?;
        let of_kind: Vec<_> = Layout::all().filter(|layout| layout.category == category).collect();
        let Some(country) = &self.country else { return Ok(of_kind) };
        let chosen: Vec<_> =
            of_kind.iter().copied().filter(|layout| layout.country.eq_ignore_ascii_case(country)).collect();
        if chosen.is_empty() {
            let mut known: Vec<&str> = of_kind.iter().map(|layout| layout.country).collect();
            known.dedup();
            bail!("there is no {kind} of {country}; there are those of {}", known.join(", "));
        }
        Ok(chosen)
    }
}

fn distortion(text: &str) -> anyhow::Result<(Distortion, f32)> {
    let (name, strength) = text.split_once('=').unwrap_or((text, "0.5"));
    let strength: f32 =
        strength.parse().with_context(|| format!("{strength} is no strength; it is a number from 0 to 1"))?;
    ensure!((0.0..=1.0).contains(&strength), "a strength is a number from 0 to 1, and {strength} is not");
    Ok((name.parse()?, strength))
}

fn frame(text: &str) -> Result<(u32, u32), String> {
    let parsed =
        text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    parsed
        .filter(|(width, height)| (64..=8192).contains(width) && (64..=8192).contains(height))
        .ok_or_else(|| "a frame is written 1280x960, each side from 64 to 8192".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Choice, Sides, distortion, frame};
    use specimen::{Difficulty, Distortion};

    fn open() -> Choice {
        Choice {
            country: None,
            layout: None,
            side: Sides::Both,
            attack: Vec::new(),
            distortion: Vec::new(),
            background: None,
            frame: None,
            documents: 1,
            flat: false,
        }
    }

    #[test]
    fn a_country_narrows_the_layouts_and_an_unknown_one_is_told_the_known() {
        let of = |country: &str| Choice { country: Some(country.to_owned()), ..open() };
        let work = of("deu").work("driving-licence", Difficulty::Easy).unwrap();
        assert_eq!(
            work.layouts.iter().map(|layout| layout.name).collect::<Vec<_>>(),
            ["deu-driving-licence"]
        );
        let error = of("XYZ").work("driving-licence", Difficulty::Easy).unwrap_err().to_string();
        assert!(error.contains("DEU") && error.contains("USA"), "{error}");
    }

    #[test]
    fn names_that_nobody_knows_are_refused_with_those_that_there_are() {
        let mut choice = open();
        choice.attack.push("hologram".to_owned());
        let error = choice.work("passport", Difficulty::Easy).unwrap_err().to_string();
        assert!(error.contains("black-and-white"), "{error}");
        assert!(open().work("library-card", Difficulty::Easy).is_err());
    }

    #[test]
    fn a_distortion_has_a_strength_or_a_middling_one() {
        assert_eq!(distortion("glare").unwrap(), (Distortion::Glare, 0.5));
        assert_eq!(distortion("tilt=0.9").unwrap(), (Distortion::Tilt, 0.9));
        assert!(distortion("tilt=2").is_err() && distortion("tilt=x").is_err() && distortion("fog").is_err());
    }

    #[test]
    fn frames_are_written_with_an_x_and_have_limits() {
        assert_eq!(frame("4000x3000"), Ok((4000, 3000)));
        assert!(frame("4000").is_err() && frame("10x10").is_err() && frame("99999x99999").is_err());
    }
}
