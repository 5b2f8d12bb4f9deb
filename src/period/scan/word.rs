//! The words that periods are made of, and those beside periods and numbers that settle what they are.
//!
//! Enters: a word's letters. Leaves: a [`Word`].
//! Invariant: case does not matter here; where it does, the grammar looks at the text.

pub(super) mod table;

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
    /// `entered`, in `entered the second half with`.
    Enter,
    /// `began`, `started`, in `began the quarter with`.
    Begin,
    /// `into`, in `going into the year`.
    Into,
    /// `when`, in `when the quarter began`.
    When,
    /// `turn`, of the year.
    Turn,
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
    /// `LQ`: the last quarter.
    Lq,
    /// `YE`, in `YE24`.
    Ye,
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
    /// `cohort`, `vintage`: groups go by the years that they began in.
    Cohort,
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
                | Self::Enter
                | Self::Begin
                | Self::Into
                | Self::When
                | Self::To
                | Self::After
                | Self::Turn
                | Self::Cardinal(_)
                | Self::Letter(b'q' | b'h' | b'y' | b'm' | b'f')
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
                | Self::Lq
                | Self::Ye
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
                | Self::Over
                | Self::Around
                | Self::Season
        )
    }
}
