import Drawings
import Glibc
import Values

/// Reads and measures drawings in this process and prints the CPU time of each step: `reading read|info FILE...`
@main
enum Reading {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        var (bytes, entities, pierces, length) = (0, 0, 0, 0.0)
        var (reading, measuring) = (0.0, 0.0)
        for name in words.dropFirst() {
            do {
                let began = seconds()
                let drawing = try File.withBytes(of: name, name: name) { try Drawing(reading: $0) }
                let read = seconds()
                (reading, bytes) = (reading + read - began, bytes + drawing.size)
                entities += drawing.entities.values.reduce(0, +)
                guard words.first == "info" else { continue }
                let measured = try drawing.measure()
                measuring += seconds() - read
                (pierces, length) = (pierces + measured.pierces, length + measured.lengthMM)
            } catch {
                print("\(name): \((error as? Failure)?.message ?? "\(error)")")
            }
        }
        func rate(_ time: Double) -> Int { Int(Double(bytes) / 1e6 / time) }
        var line = "\(bytes / 1_000_000) MB, \(entities) entities: read in \(shown(reading)) s, \(rate(reading)) MB/s"
        if words.first == "info" {
            line +=
                "; measured in \(shown(measuring)) s, both at \(rate(reading + measuring)) MB/s; \(pierces) pierces, \(shown(length)) mm"
        }
        print(line)
    }

    /// Returns the CPU time of this process, which does not depend on other processes.
    private static func seconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
    }

    private static func shown(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
