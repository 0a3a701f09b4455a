//! The classes of small words, and the names that the tables give them.

/// What a function word does in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::language::fact) enum Function {
    Article,
    Pronoun,
    Be,
    PastBe,
    Have,
    PastHave,
    Do,
    Will,
    Can,
    Must,
    Should,
    May,
    Plan,
    Not,
    Without,
    And,
    Also,
    Or,
    Clause,
    Question,
    Condition,
    History,
    Shift,
    Hedge,
    Option,
    Filler,
    Scope,
    Label,
    AtLeast,
    AtMost,
}

/// What a preposition binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::language::fact) enum Binding {
    None,
    Of,
    In,
    From,
    To,
    By,
    Through,
    Than,
    Before,
    After,
    Until,
    Since,
    Above,
    Below,
    Outside,
    Against,
    Between,
    Per,
    Like,
    As,
}

/// Which side of a predicate holds one value at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language::fact) enum Holder {
    Object,
    Subject,
    /// Of two who are named, only one does it to the other: `bought`.
    Directed,
    Noun,
}

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "article" => Function::Article,
        "pronoun" => Function::Pronoun,
        "be" => Function::Be,
        "past-be" => Function::PastBe,
        "have" => Function::Have,
        "past-have" => Function::PastHave,
        "do" => Function::Do,
        "will" => Function::Will,
        "can" => Function::Can,
        "must" => Function::Must,
        "should" => Function::Should,
        "may" => Function::May,
        "plan" => Function::Plan,
        "not" => Function::Not,
        "without" => Function::Without,
        "and" => Function::And,
        "also" => Function::Also,
        "or" => Function::Or,
        "clause" => Function::Clause,
        "question" => Function::Question,
        "condition" => Function::Condition,
        "history" => Function::History,
        "shift" => Function::Shift,
        "hedge" => Function::Hedge,
        "option" => Function::Option,
        "filler" => Function::Filler,
        "scope" => Function::Scope,
        "label" => Function::Label,
        "at-least" => Function::AtLeast,
        "at-most" => Function::AtMost,
        _ => return None,
    })
}

pub(super) fn binding(name: &str) -> Option<Binding> {
    Some(match name {
        "of" => Binding::Of,
        "in" => Binding::In,
        "from" => Binding::From,
        "to" => Binding::To,
        "by" => Binding::By,
        "through" => Binding::Through,
        "than" => Binding::Than,
        "before" => Binding::Before,
        "after" => Binding::After,
        "until" => Binding::Until,
        "since" => Binding::Since,
        "above" => Binding::Above,
        "below" => Binding::Below,
        "outside" => Binding::Outside,
        "against" => Binding::Against,
        "between" => Binding::Between,
        "per" => Binding::Per,
        "like" => Binding::Like,
        "as" => Binding::As,
        _ => return None,
    })
}

/// How often that is of which a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language::fact) enum Recurrence {
    /// Again and again: `meeting`.
    Often,
    /// The same, as a verb only: `repaired`.
    Done,
    /// Each day by a shop, once by a tender: `opens`, `closes`.
    Hours,
    /// What opens and closes each day.
    Shop,
    /// What opens and closes once.
    Once,
    /// Several times a day: `leaves`.
    Daily,
    /// A noun for one of several: `example`.
    OneOfMany,
}

pub(super) fn recurrence(name: Option<&str>) -> Option<Recurrence> {
    Some(match name {
        None => Recurrence::Often,
        Some("done") => Recurrence::Done,
        Some("hours") => Recurrence::Hours,
        Some("shop") => Recurrence::Shop,
        Some("once") => Recurrence::Once,
        Some("daily") => Recurrence::Daily,
        Some("many") => Recurrence::OneOfMany,
        Some(_) => return None,
    })
}
