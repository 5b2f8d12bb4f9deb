//! Titles that tell something of a part (`Europe holds back growth`), and sentences that only mention one.
//!
//! Enters: a title, or the items of a sentence. Leaves: whether what follows may be of the whole as well as of the part.
//! Invariant: a title that is the name of a part, and a sentence that is of one (`In Europe, …`), stay of it.

use crate::bind::context::is_topic;
use crate::bind::lexicon::Cue;
use crate::bind::sentence::{Break, Item, Kind};
use crate::period::scan::names_month;
use crate::vocabulary::{Name, Vocabulary};
use crate::words::{is_determiner, words};

/// Whether a title that names a segment tells something of it (`Europe holds back growth`), rather than being its name: what stands under
/// it may be of the segment or of the whole.
pub(super) fn tells(vocabulary: &Vocabulary, title: &str) -> bool {
    let words = words(title);
    let found = vocabulary.find(&words);
    let Some(part) = found.iter().find(|found| matches!(found.name, Name::Segment(_))) else { return false };
    let (Some(first), Some(last)) = (words.get(part.words.start), words.get(part.words.end.wrapping_sub(1))) else {
        return false;
    };
    // `North: recovery under way`: a name of its own, whatever is told behind it.
    let bounds = |c: char| matches!(c, ':' | '–' | '—' | '|' | '(' | ')' | ';');
    let start = title[..first.range.start].rfind(bounds).unwrap_or(0);
    let end = title[last.range.end..].find(bounds).map_or(title.len(), |at| last.range.end + at);
    let named = |at: usize| found.iter().any(|found| found.words.contains(&at));
    let told = |at: usize| words[at].range.start >= start && words[at].range.end <= end && !named(at);
    let strange = (0..words.len()).filter(|&at| told(at)).filter(|&at| {
        let stem = words[at].stem.as_str();
        !is_label(stem) && stem.chars().all(char::is_alphabetic)
    });
    strange.count() > 0
}

/// Whether a word of a title names no thing of its own.
pub(super) fn is_label(stem: &str) -> bool {
    is_topic(stem) || LABELS.contains(&stem) || names_month(stem) || stem.len() < 3 || is_determiner(stem)
}

/// What a title calls a part, a time or its numbers beside their names.
const LABELS: &[&str] = &[
    "segment",
    "division",
    "region",
    "business",
    "unit",
    "country",
    "area",
    "territory",
    "channel",
    "site",
    "store",
    "fund",
    "team",
    "detail",
    "kpi",
    "metric",
    "result",
    "dashboard",
    "scorecard",
    "market",
    "quarter",
    "month",
    "half",
    "regional",
    "segmental",
    "divisional",
    "operating",
    "operation",
    "commercial",
    "page",
    "slide",
    "appendix",
    "first",
    "second",
    "third",
    "fourth",
    "line",
    "product",
    "deep",
    "dive",
    "spotlight",
    "focus",
    "actual",
    "budget",
    "forecast",
    "outlook",
    "plan",
    "group",
    "company",
    "for",
    "from",
    "with",
];

/// `Despite a weak Europe, revenue reached …`, `Thanks to North America, orders rose`: the sentence with the parts of such a beginning taken
/// out, where it has one.
pub(super) fn without_adjunct(items: &[Item]) -> Option<Vec<Item>> {
    let end = items.iter().position(|item| item.kind == Kind::Break(Break::Comma))?;
    let head = &items[..end];
    let segment = |item: &Item| matches!(item.kind, Kind::Segment(_));
    let stated = |item: &Item| matches!(item.kind, Kind::Metric(..) | Kind::Quantity(_) | Kind::Break(_));
    let tells = |item: &Item| {
        matches!(item.kind, Kind::Word(_) | Kind::Cue(Cue::Is | Cue::Because | Cue::Move(_) | Cue::Short | Cue::Beyond))
    };
    let mentions = head.iter().any(segment) && head.iter().any(tells) && !head.iter().any(stated);
    mentions.then(|| {
        let mut items = items.to_vec();
        for item in items[..end].iter_mut().filter(|item| segment(item)) {
            item.kind = Kind::Word("elsewhere".to_owned());
        }
        items
    })
}
