//! The words that periods are made of, and those beside periods and numbers that settle what they are.
//!
//! Enters: a word's letters. Leaves: a [`Word`].
//! Invariant: case does not matter here; where it does, the grammar looks at the text.

/// The words that matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    /// A month's full name.
    Month(i8),
    /// Its abbreviation.
    MonthShort(i8),
    /// `first` to `fourth`.
    Ordinal(i8),
    /// `final`, also in `final quarter`.
    Final,
    /// `one` to `twelve`.
    Cardinal(i8),
    /// `st`, `nd`, `rd`, `th`.
    Suffix,
    /// A letter of its own: `Q`, `H`, `M`, `Y`, `O`, `E`, `F`, `B`, `A`, `P`, `T`, `S`, in lower case.
    Letter(u8),
    Qfy,
    Hfy,
    Mfy,
    Fy,
    Cy,
    Fiscal,
    Calendar,
    Year,
    Years,
    Half,
    Quarter,
    Quarters,
    MonthUnit,
    Months,
    Weeks,
    Period,
    Periods,
    Time,
    Full,
    Ended,
    Ending,
    To,
    Through,
    Until,
    Date,
    And,
    Or,
    Of,
    In,
    The,
    On,
    Over,
    At,
    As,
    By,
    Since,
    From,
    For,
    During,
    Before,
    After,
    Versus,
    Ytd,
    Qtd,
    Mtd,
    Ltm,
    PriorYear,
    Yoy,
    Qoq,
    Mom,
    Hoh,
    Sequentially,
    Last,
    Prior,
    Next,
    This,
    Same,
    Ago,
    Earlier,
    Trailing,
    End,
    Close,
    Start,
    /// `actual`, `budget`, `plan`, `restated` …: what follows a period in a header.
    Scenario,
    /// What numbers count or measure: `customers`, `tonnes`, `million`, `percent`.
    Counted,
    /// What stands between a number and what it counts: `new`, `active`.
    Counting,
    /// `about`, `nearly`, `over`: what follows is an amount.
    Approximately,
    /// `grew`, `rose`, `fell`, `increased`: `to` and `by` lead to an amount.
    Changed,
    /// `page`, `slide`, `section`, `version`, `no`: what follows is a reference.
    Reference,
    /// `pre`, `mid`, `early`, `late`.
    Around,
    /// `spring`, `summer`, `autumn`, `winter`.
    Season,
    /// `expect`, `will`, `anticipate`: what is said lies ahead.
    Expect,
    /// `usd`, `eur` …
    Currency,
    /// `tax`, `interest` …: `the year before tax` is no year before.
    Charge,
    /// `i`, `we`, `be` …: what follows the verb `may`.
    AfterVerb,
    /// `row`, `running`, `straight`, `succession`: `the third quarter in a row` is no Q3.
    Row,
    /// `rest`, `most`, `best`, `week` …: `best month of the year` is not about the year.
    Share,
    Ahead,
    /// `act`, `code`, `notes`, `bonds`: laws and securities go by years that are no period.
    Titled,
    Other,
}

impl Word {
    /// Whether a day follows: `at June 30`.
    pub(super) fn leads_to_day(self) -> bool {
        matches!(
            self,
            Self::At
                | Self::On
                | Self::Ended
                | Self::Ending
                | Self::By
                | Self::Until
                | Self::Since
                | Self::Of
                | Self::To
        )
    }

    /// Whether a month may follow: `since March`.
    pub(super) fn leads_to_month(self) -> bool {
        self.leads_to_day()
            || matches!(
                self,
                Self::In
                    | Self::From
                    | Self::For
                    | Self::Through
                    | Self::During
                    | Self::Before
                    | Self::After
                    | Self::Last
                    | Self::This
                    | Self::Next
                    | Self::And
                    | Self::Or
                    | Self::Versus
                    | Self::End
                    | Self::Ytd
                    | Self::Ltm
                    | Self::Approximately
                    | Self::Month(_)
                    | Self::MonthShort(_)
            )
    }

    /// Whether a period or date may begin with the word; the others are only asked about.
    pub(super) fn begins_period(self) -> bool {
        matches!(
            self,
            Self::Month(_)
                | Self::MonthShort(_)
                | Self::Ordinal(_)
                | Self::Final
                | Self::Cardinal(_)
                | Self::Letter(b'q' | b'h' | b'y' | b'm')
                | Self::Fy
                | Self::Cy
                | Self::Fiscal
                | Self::Calendar
                | Self::Year
                | Self::Years
                | Self::Half
                | Self::Quarter
                | Self::Quarters
                | Self::MonthUnit
                | Self::Period
                | Self::Full
                | Self::Ytd
                | Self::Qtd
                | Self::Mtd
                | Self::Ltm
                | Self::PriorYear
                | Self::Yoy
                | Self::Qoq
                | Self::Mom
                | Self::Hoh
                | Self::Sequentially
                | Self::Last
                | Self::Prior
                | Self::Next
                | Self::This
                | Self::Same
                | Self::Trailing
                | Self::End
                | Self::Close
                | Self::Start
                | Self::The
                | Self::On
                | Self::Around
                | Self::Season
        )
    }
}

/// What a word is.
pub(super) fn word(letters: &[u8]) -> Word {
    let mut lower = [0; 14];
    let Some(lower) = lower.get_mut(..letters.len()) else { return Word::Other };
    lower.copy_from_slice(letters);
    lower.make_ascii_lowercase();
    match &*lower {
        [letter] => Word::Letter(*letter),
        lower => month(lower).or_else(|| calendar_word(lower)).or_else(|| neighbour(lower)).unwrap_or(Word::Other),
    }
}

fn month(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"january" => Word::Month(1),
        b"february" => Word::Month(2),
        b"march" => Word::Month(3),
        b"april" => Word::Month(4),
        b"may" => Word::Month(5),
        b"june" => Word::Month(6),
        b"july" => Word::Month(7),
        b"august" => Word::Month(8),
        b"september" => Word::Month(9),
        b"october" => Word::Month(10),
        b"november" => Word::Month(11),
        b"december" => Word::Month(12),
        b"jan" => Word::MonthShort(1),
        b"feb" => Word::MonthShort(2),
        b"mar" => Word::MonthShort(3),
        b"apr" => Word::MonthShort(4),
        b"jun" => Word::MonthShort(6),
        b"jul" => Word::MonthShort(7),
        b"aug" => Word::MonthShort(8),
        b"sep" | b"sept" => Word::MonthShort(9),
        b"oct" => Word::MonthShort(10),
        b"nov" => Word::MonthShort(11),
        b"dec" => Word::MonthShort(12),
        _ => return None,
    })
}

/// Words that periods are made of.
fn calendar_word(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"first" => Word::Ordinal(1),
        b"second" => Word::Ordinal(2),
        b"third" => Word::Ordinal(3),
        b"fourth" => Word::Ordinal(4),
        b"final" => Word::Final,
        b"one" => Word::Cardinal(1),
        b"two" => Word::Cardinal(2),
        b"three" => Word::Cardinal(3),
        b"four" => Word::Cardinal(4),
        b"five" => Word::Cardinal(5),
        b"six" => Word::Cardinal(6),
        b"seven" => Word::Cardinal(7),
        b"eight" => Word::Cardinal(8),
        b"nine" => Word::Cardinal(9),
        b"ten" => Word::Cardinal(10),
        b"eleven" => Word::Cardinal(11),
        b"twelve" => Word::Cardinal(12),
        b"thirteen" => Word::Cardinal(13),
        b"st" | b"nd" | b"rd" | b"th" => Word::Suffix,
        b"qfy" => Word::Qfy,
        b"hfy" => Word::Hfy,
        b"mfy" => Word::Mfy,
        b"fy" | b"fye" => Word::Fy,
        b"cy" => Word::Cy,
        b"fiscal" | b"financial" => Word::Fiscal,
        b"calendar" => Word::Calendar,
        b"year" => Word::Year,
        b"years" => Word::Years,
        b"half" => Word::Half,
        b"quarter" => Word::Quarter,
        b"quarters" => Word::Quarters,
        b"month" => Word::MonthUnit,
        b"months" => Word::Months,
        b"week" | b"weeks" => Word::Weeks,
        b"period" => Word::Period,
        b"periods" => Word::Periods,
        b"time" | b"point" | b"stage" => Word::Time,
        b"full" | b"whole" => Word::Full,
        b"ended" => Word::Ended,
        b"ending" => Word::Ending,
        b"to" => Word::To,
        b"through" | b"thru" => Word::Through,
        b"until" | b"till" => Word::Until,
        b"date" => Word::Date,
        b"ytd" => Word::Ytd,
        b"qtd" => Word::Qtd,
        b"mtd" => Word::Mtd,
        b"ltm" | b"ttm" => Word::Ltm,
        b"py" | b"ly" | b"pcp" | b"stly" => Word::PriorYear,
        b"yoy" => Word::Yoy,
        b"qoq" => Word::Qoq,
        b"mom" => Word::Mom,
        b"hoh" => Word::Hoh,
        b"sequentially" | b"sequential" => Word::Sequentially,
        b"last" => Word::Last,
        b"prior" | b"previous" | b"preceding" => Word::Prior,
        b"next" | b"coming" => Word::Next,
        b"this" | b"current" => Word::This,
        b"same" | b"corresponding" | b"comparable" | b"equivalent" | b"comparative" => Word::Same,
        b"ago" => Word::Ago,
        b"earlier" => Word::Earlier,
        b"trailing" | b"rolling" | b"past" => Word::Trailing,
        b"end" => Word::End,
        b"close" => Word::Close,
        b"start" | b"beginning" | b"opening" => Word::Start,
        _ => return None,
    })
}

/// Words beside periods and numbers that settle what they are.
fn neighbour(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"and" => Word::And,
        b"or" => Word::Or,
        b"of" => Word::Of,
        b"in" => Word::In,
        b"the" => Word::The,
        b"on" => Word::On,
        b"over" => Word::Over,
        b"at" => Word::At,
        b"as" => Word::As,
        b"by" => Word::By,
        b"since" => Word::Since,
        b"from" => Word::From,
        b"for" => Word::For,
        b"during" => Word::During,
        b"before" => Word::Before,
        b"after" => Word::After,
        b"vs" | b"versus" | b"against" => Word::Versus,
        b"actual" | b"actuals" | b"budget" | b"plan" | b"forecast" | b"target" | b"outlook" | b"guidance"
        | b"restated" | b"reported" | b"audited" | b"unaudited" | b"revenue" | b"revenues" | b"sales" | b"results" => {
            Word::Scenario
        }
        b"about" | b"around" | b"approximately" | b"nearly" | b"almost" | b"roughly" | b"circa" | b"under"
        | b"above" | b"below" | b"than" | b"exceeding" | b"some" | b"total" | b"totalling" | b"totaling" => {
            Word::Approximately
        }
        b"grew" | b"grow" | b"rose" | b"rise" | b"fell" | b"increased" | b"increase" | b"decreased" | b"decrease"
        | b"up" | b"down" | b"declined" | b"dropped" | b"went" | b"expanded" | b"reduced" | b"growing" | b"rising"
        | b"climbed" => Word::Changed,
        b"page" | b"pages" | b"slide" | b"slides" | b"section" | b"sections" | b"item" | b"note" | b"version"
        | b"no" | b"number" | b"room" | b"chapter" | b"clause" | b"ref" | b"ticket" | b"invoice" | b"rule" | b"asu"
        | b"asc" | b"ifrs" | b"ias" | b"sfas" | b"release" | b"step" | b"article" | b"form" | b"iso" | b"rfc"
        | b"issue" | b"model" => Word::Reference,
        b"spring" | b"summer" | b"autumn" | b"winter" | b"fall" | b"christmas" => Word::Season,
        b"expect" | b"expects" | b"expected" | b"will" | b"anticipate" | b"aim" | b"should" | b"forecasting"
        | b"guide" => Word::Expect,
        b"mid" | b"pre" | b"post" | b"early" | b"late" => Word::Around,
        b"usd" | b"eur" | b"gbp" | b"chf" | b"jpy" | b"cad" | b"aud" | b"cny" | b"inr" | b"sek" | b"nok" | b"dkk"
        | b"sgd" | b"hkd" | b"nzd" | b"zar" | b"brl" | b"mxn" | b"rs" | b"dai" | b"dot" | b"mkr" | b"btc" | b"eth"
        | b"usdc" | b"usdt" | b"dollars" | b"euros" | b"euro" | b"pounds" | b"dollar" | b"cents" => Word::Currency,
        b"tax" | b"taxes" | b"taxation" | b"interest" | b"exceptional" | b"exceptionals" | b"dividends" | b"income" => {
            Word::Charge
        }
        b"i" | b"we" | b"you" | b"they" | b"he" | b"she" | b"it" | b"be" | b"have" | b"not" | b"also" | b"our" => {
            Word::AfterVerb
        }
        b"row" | b"running" | b"straight" | b"succession" => Word::Row,
        b"rest" | b"remainder" | b"balance" | b"most" | b"best" | b"worst" | b"course" | b"part" | b"day" | b"days"
        | b"highlights" | b"much" | b"bulk" | b"out" => Word::Share,
        b"ahead" => Word::Ahead,
        b"act" | b"acts" | b"code" | b"notes" | b"bonds" | b"debentures" | b"indenture" => Word::Titled,
        b"new" | b"active" | b"paying" | b"monthly" | b"additional" | b"net" | b"loyal" | b"registered" | b"weekly" => {
            Word::Counting
        }
        _ => return counted(lower),
    })
}

fn counted(lower: &[u8]) -> Option<Word> {
    let known = matches!(
        lower,
        b"customers"
            | b"employees"
            | b"people"
            | b"users"
            | b"stores"
            | b"shares"
            | b"units"
            | b"tonnes"
            | b"tons"
            | b"members"
            | b"gifts"
            | b"orders"
            | b"shipments"
            | b"trucks"
            | b"vehicles"
            | b"sites"
            | b"patients"
            | b"students"
            | b"beds"
            | b"seats"
            | b"tickets"
            | b"donors"
            | b"donations"
            | b"subscribers"
            | b"accounts"
            | b"contracts"
            | b"jobs"
            | b"homes"
            | b"rooms"
            | b"hours"
            | b"minutes"
            | b"seconds"
            | b"kg"
            | b"km"
            | b"kwh"
            | b"mwh"
            | b"gwh"
            | b"twh"
            | b"mw"
            | b"gw"
            | b"teu"
            | b"fte"
            | b"ftes"
            | b"million"
            | b"billion"
            | b"trillion"
            | b"thousand"
            | b"hundred"
            | b"mn"
            | b"bn"
            | b"tn"
            | b"mm"
            | b"percent"
            | b"per"
            | b"pp"
            | b"bps"
            | b"bp"
            | b"basis"
            | b"points"
            | b"times"
            | b"items"
            | b"transactions"
            | b"partners"
            | b"logos"
            | b"leads"
            | b"deals"
            | b"staff"
            | b"colleagues"
            | b"workers"
            | b"heads"
            | b"guests"
            | b"visitors"
            | b"visits"
            | b"downloads"
            | b"installs"
            | b"clients"
            | b"companies"
            | b"locations"
            | b"branches"
            | b"suppliers"
            | b"products"
            | b"parcels"
            | b"flights"
            | b"passengers"
            | b"barrels"
            | b"litres"
            | b"liters"
            | b"miles"
            | b"properties"
            | b"licences"
            | b"licenses"
            | b"subscriptions"
            | b"policies"
            | b"claims"
            | b"loans"
            | b"projects"
            | b"applications"
            | b"responses"
            | b"respondents"
            | b"schools"
            | b"hospitals"
            | b"families"
            | b"households"
            | b"children"
            | b"volunteers"
            | b"meals"
            | b"calls"
            | b"cases"
            | b"vacancies"
            | b"hires"
            | b"joiners"
            | b"leavers"
            | b"engineers"
            | b"contractors"
            | b"fte's"
            | b"openings"
            | b"machines"
            | b"cars"
            | b"pieces"
            | b"bookings"
            | b"renewals"
            | b"reviews"
            | b"incidents"
            | b"sqm"
            | b"sqft"
            | b"trades"
    );
    known.then_some(Word::Counted)
}
