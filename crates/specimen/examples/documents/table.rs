//! The results as a table.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use specimen::{Difficulty, Kind};

use crate::trial::Trial;

/// The table, and every zone that was called valid and is wrong.
pub(crate) fn report(count: u64, trials: &[Trial]) -> String {
    let mut text = format!(
        "`cargo xtask bench documents -n {count}`: {count} synthetic photographs per format and difficulty, seeds 1 to \
         {count}, decoded, read and resolved as the document check does. *Right* is valid, with everything that check \
         digits cover equal to the truth; *whole* is right in every character; *names* counts surname and given names \
         equal, which no digit covers; *read* is every character equal, whether called valid or not. Milliseconds are processor time on one core, JPEG decoding included.\n\n\
         | format | difficulty | right | whole | names | read | valid but wrong | nothing found | ms median | ms p95 |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for kind in Kind::ALL {
        for difficulty in Difficulty::ALL {
            let of: Vec<&Trial> =
                trials.iter().filter(|trial| trial.kind == kind && trial.difficulty == difficulty).collect();
            row(&mut text, kind.format().name(), difficulty.name(), &of);
        }
    }
    for difficulty in Difficulty::ALL {
        let of: Vec<&Trial> = trials.iter().filter(|trial| trial.difficulty == difficulty).collect();
        row(&mut text, "**all**", difficulty.name(), &of);
    }
    row(&mut text, "**all**", "**all**", &trials.iter().collect::<Vec<_>>());
    for trial in trials.iter().filter(|trial| trial.is_valid_but_wrong()) {
        let (kind, difficulty) = (trial.kind.name(), trial.difficulty.name());
        let read = trial.zone.as_ref().map(|zone| zone.lines.join(" / ")).unwrap_or_default();
        let _ = write!(
            text,
            "\nValid but wrong: {kind} {difficulty} seed {}\n`{read}`\n`{}`\n",
            trial.seed,
            trial.truth.join(" / "),
        );
    }
    text
}

/// Why zones were not right, and how often, the most frequent first.
pub(crate) fn objections(trials: &[Trial]) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for trial in trials.iter().filter(|trial| !trial.is_right()) {
        let read = if trial.is_read() { "read without a mistake, but " } else { "" };
        let first = trial.objections.first().map_or("no format fits", String::as_str);
        *counted.entry(format!("{read}{first}")).or_default() += 1;
    }
    let mut counted: Vec<(String, usize)> = counted.into_iter().collect();
    counted.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    counted.truncate(12);
    counted
}

fn row(text: &mut String, format: &str, difficulty: &str, trials: &[&Trial]) {
    if trials.is_empty() {
        return;
    }
    let count = |wanted: &dyn Fn(&Trial) -> bool| trials.iter().filter(|trial| wanted(trial)).count();
    let share = |wanted: &dyn Fn(&Trial) -> bool| 100.0 * count(wanted) as f64 / trials.len() as f64;
    let mut times: Vec<Duration> = trials.iter().map(|trial| trial.time).collect();
    times.sort_unstable();
    let at =
        |hundredth: usize| times[(times.len() * hundredth / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let _ = writeln!(
        text,
        "| {format} | {difficulty} | {:.1} % | {:.1} % | {:.1} % | {:.1} % | {} | {:.1} % | {:.0} | {:.0} |",
        share(&Trial::is_right),
        share(&Trial::is_whole),
        share(&Trial::has_names),
        share(&Trial::is_read),
        count(&Trial::is_valid_but_wrong),
        share(&|trial| trial.zone.is_none()),
        at(50),
        at(95),
    );
}
