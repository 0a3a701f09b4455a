//! What words mean, and nothing about vaults or rules: names of people, statements, dates.
pub mod name;
pub mod fact;
pub mod date;
