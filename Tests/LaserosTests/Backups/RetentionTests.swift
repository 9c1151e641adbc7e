import Testing
import Values

@testable import Shop

/// Which archives a rule keeps.
@Suite struct RetentionTests {
    /// Random sets of dates in eight time zones, each under four rules, as Debian's restic decides them.
    @Test func rulesKeepWhatResticKeeps() throws {
        let answered = try Subprocess.run(["/usr/bin/python3", Paths.tests + "/retention.py", "1000", "1"], in: "/")
        #expect(answered.code == 0, "`make setup` installs restic and python3-cryptography: \(answered.said)")
        var zones: [String: Zone] = [:], count = 0, wrong: [String] = []
        for line in answered.out.split(separator: "\n") {
            let words = line.split(separator: " "), name = String(words[0])
            let zone = try zones[name] ?? Zone(named: name)
            zones[name] = zone
            let counts = try zip(Retention.Period.allCases, words[1...6]).map { ($0, try #require(Int($1))) }
            let moments = try words[7...].map { Moment(ms: try #require(Int($0.prefix { $0 != ":" })) * 1000) }
            let kept = Retention(Dictionary(uniqueKeysWithValues: counts)).reasons(for: moments, in: zone)
            let found = zip(moments, kept).map { "\($0.ms / 1000):" + $1.map { String($0.rawValue.prefix(1)) }.joined() }
            if found != words[7...].map(String.init) { wrong.append("\(line)\n  but \(found.joined(separator: " "))") }
            count += 1
        }
        #expect(count == 4000)
        #expect(wrong.isEmpty, "\(wrong.count) of \(count), first \(wrong.first ?? "")")
    }

    @Test func aRuleOfNothingIsEmpty() {
        #expect(Retention([:]).isEmpty && Retention([.last: 0, .daily: 0]).isEmpty)
        #expect(!Retention([.last: 0, .yearly: 1]).isEmpty)
        #expect(KeptCount(reading: "unlimited")?.value == .max && KeptCount(reading: "0")?.value == 0)
        // restic 0.14 ignores -1, and later ones keep all: here it is an error.
        #expect(KeptCount(reading: "-1") == nil)
    }
}
