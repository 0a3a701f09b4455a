use vaultlint::language::fact::{NoLexicon, compare, read};
fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let parts: Vec<&str> = line.split(" || ").collect();
        let s: Vec<_> = parts.iter().map(|p| read(p, &NoLexicon, "")).collect();
        for x in &s {
            println!("{}", format!("{x:?}").chars().take(3000).collect::<String>());
        }
        if s.len() == 2 {
            println!("=> {:?}", compare(&s[0], &s[1]));
        }
        println!();
    }
}
