import Testing
import Values

@testable import Shop

extension Plan {
    /// The rules that hold for every plan, checked from its slots alone.
    func expectSound(for input: PlanInput) throws {
        let operations = Dictionary(uniqueKeysWithValues: input.jobs.flatMap(\.operations).map { ($0.id, $0) })
        for centre in input.centres { expectSound(centre, input) }
        for slot in slots {
            let operation = try #require(operations[slot.id])
            if case .centres(let ids) = operation.site {
                #expect(ids.contains(slot.centre ?? 0))
                let minutes = operation.minutes.map { max(1, $0) } ?? input.unknownMinutes
                #expect(slot.stretches.reduce(0) { $0 + $1.minutes } == minutes)
                #expect((slot.from, slot.until) == (slot.stretches[0].from, slot.stretches[slot.stretches.count - 1].until))
            }
            if operation.isStarted { continue }
            if let pinned = operation.pin?.centre { #expect(slot.centre == pinned) }
            if case .arrives(let day) = operation.material { #expect(slot.begins > day) }
            if let day = [operation.earliest, slot.centre == nil ? nil : operation.pin?.day].compactMap({ $0 }).max() {
                #expect(slot.begins >= day)
            }
        }
        for job in input.jobs { expectOrder(job) }
    }

    /// A centre does one job after the other, within its shifts.
    private func expectSound(_ centre: WorkCentre, _ input: PlanInput) {
        let own = slots.filter { $0.centre == centre.id }.sorted { $0.from < $1.from }
        #expect(zip(own, own.dropFirst()).allSatisfy { $0.until <= $1.from }, "\(centre.code) is booked twice")
        for stretch in own.flatMap(\.stretches) {
            let isShift = centre.hours.week[stretch.day.weekday].contains { shift in
                input.zone.moment(on: stretch.day, minute: shift.from) <= stretch.from
                    && stretch.until <= input.zone.moment(on: stretch.day, minute: shift.until)
            }
            let isOpen =
                isShift && stretch.from < stretch.until && stretch.from >= input.now && input.holidays?.contains(stretch.day) != true
                && centre.closures.allSatisfy { stretch.until <= $0.from || $0.until <= stretch.from }
            #expect(isOpen, "\(centre.code) is closed at \(stretch.from)")
        }
    }

    /// Each operation of a job begins after those that it waits for.
    private func expectOrder(_ job: PlanJob) {
        let own = Dictionary(uniqueKeysWithValues: slots.filter { $0.job == job.code }.map { ($0.id, $0) })
        for operation in job.operations where !operation.isStarted {
            guard let slot = own[operation.id] else { continue }
            for other in job.operations where operation.after?.contains(other.id) ?? (other.step < operation.step) {
                guard let before = own[other.id] else {
                    Issue.record("\(slot.code) is placed, but not \(other.code)")
                    continue
                }
                #expect(before.centre == nil ? before.ends < slot.begins || slot.centre == nil : before.until <= slot.from)
            }
        }
    }
}
