use retold::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let tell = |_| {};
    let watch = watch::Watch::new(&stop, &tell);
    let mut costs = costs::Costs::default();
    let s = read::find(&args[1..]).unwrap();
    let reader = read::Reader::new(s.files, read::Options::default());
    let mut c = costs.stage("read", || collection::Collection::read(reader, vec![], None, &watch)).unwrap();
    let d = duplicates::find(&mut c, Default::default(), &mut costs, &watch).unwrap();
    let mut out = String::new();
    let mut g = vec![None; c.entries.len()];
    for (i, x) in d.groups.iter().enumerate() { for (m, _) in &x.members { g[m.index()] = Some(i); } }
    for id in c.ids() { out += &format!("{}\t{}\n", c.entry(id).id, g[id.index()].map_or(format!("s{}", id.0), |g| format!("g{g}"))); }
    std::fs::write(&args[0], out).unwrap();
    let mut p = String::new();
    for x in &d.pairs { p += &format!("{}\t{}\t{}\t{:.3}\t{:?}\n", c.entry(x.a).id, c.entry(x.b).id, x.judgement.relation.name(), x.judgement.confidence, x.measures); }
    std::fs::write(args[0].clone() + ".pairs", p).unwrap();
    eprintln!("{:?} pairs {} groups {} compared {} boiler {}", c.counts, d.pairs.len(), d.groups.len(), d.compared, d.boilerplate_lines);
    for s in costs.stages() { eprintln!("{:12} {:.3} cpu {:.3} mem {}", s.stage, s.seconds, s.cpu_seconds, s.peak_memory.unwrap_or(0) >> 20); }
}
