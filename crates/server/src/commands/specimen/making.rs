//! Makes what was chosen, on all cores.

use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use jiff::civil::Date;
use specimen::{Attack, Conditions, Fonts, Papers, PersonOptions, Sheet, attack, capture, papers};

use super::choice::Work;
use super::progress::Progress;
use super::store;

/// Makes the pictures of all seeds. The first failure stops the rest.
pub(super) fn make(
    work: &Work,
    seeds: Range<u64>,
    holders: (Date, &PersonOptions),
    fonts: &Fonts,
    folder: &Path,
) -> anyhow::Result<()> {
    let progress = Progress::new(seeds.end - seeds.start);
    let (next, failed) = (AtomicU64::new(seeds.start), AtomicBool::new(false));
    let failure = Mutex::new(None);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(16);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while !failed.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    match one(work, seed, holders, fonts, folder) {
                        Ok(files) => progress.done(&files),
                        Err(error) => {
                            failed.store(true, Ordering::Relaxed);
                            *failure.lock().expect("no worker panics with the lock") = Some(error);
                        }
                    }
                }
            });
        }
    });
    progress.finish(folder);
    failure.into_inner().expect("no worker panicked").map_or(Ok(()), Err)
}

/// Makes everything of one seed and returns the names of the files.
fn one(
    work: &Work,
    seed: u64,
    (today, options): (Date, &PersonOptions),
    fonts: &Fonts,
    folder: &Path,
) -> anyhow::Result<Vec<String>> {
    let pick = usize::try_from(seed % work.layouts.len() as u64)?;
    let papers = papers(work.layouts[pick], seed, today, options, fonts);
    let mut files = Vec::new();
    let mut keep = |name: String, bytes: &[u8]| {
        store(&folder.join(&name), bytes)?;
        files.push(name);
        anyhow::Ok(())
    };
    for (index, sheet) in chosen(work, &papers).enumerate() {
        let (sheet, attacks) = attacked(work, sheet, seed, fonts);
        let side = serde_json::to_value(sheet.side)?;
        let mut name = format!("{}-{seed}-{}", papers.layout.name, side.as_str().unwrap_or_default());
        for attack in attacks {
            name = format!("{name}-{}", attack.name());
        }
        // The back is another photograph: another pose, another light.
        let shot = seed.wrapping_add((index as u64) << 48);
        let conditions = conditions(work, shot);
        let together: Vec<&Sheet> = std::iter::repeat_n(&sheet, usize::from(work.documents)).collect();
        let picture = capture(&together, &conditions, shot);
        keep(format!("{name}.jpg"), &picture.jpeg)?;
        keep(format!("{name}.json"), &serde_json::to_vec_pretty(&picture.truth)?)?;
        if work.flat {
            keep(format!("{name}.png"), &sheet.png())?;
        }
    }
    if let Some(pdf) = &papers.pdf {
        keep(format!("{}-{seed}.pdf", papers.layout.name), pdf)?;
    }
    Ok(files)
}

fn chosen<'a>(work: &Work, papers: &'a Papers) -> impl Iterator<Item = &'a Sheet> {
    let side = work.side;
    papers.sheets.iter().filter(move |sheet| side.is_none_or(|side| side == sheet.side))
}

/// The sheet after every attack that finds something to work on, and those attacks.
fn attacked(work: &Work, sheet: &Sheet, seed: u64, fonts: &Fonts) -> (Sheet, Vec<Attack>) {
    let mut attacks = work.attacks.clone();
    if work.any_attack {
        let possible = Attack::ALL
            .into_iter()
            .filter(|attack| sheet.content.portrait.is_some() || !attack.needs_portrait());
        let possible: Vec<Attack> = possible.collect();
        attacks.push(possible[(seed % possible.len() as u64) as usize]);
    }
    let mut after = sheet.clone();
    attacks.retain(|kind| match attack(&after, *kind, seed, fonts) {
        Some(next) => {
            after = next;
            true
        }
        None => false,
    });
    (after, attacks)
}

fn conditions(work: &Work, seed: u64) -> Conditions {
    let mut conditions = work.conditions.clone();
    if work.any_distortion {
        conditions.distortions.extend(Conditions::any(seed).distortions);
    }
    conditions
}
