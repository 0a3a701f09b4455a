//! Asks git which notes are staged or changed.
