import Store
import Values

/// The schedule that was kept last.
enum KeptSlot {
    /// The hours of an entry in it.
    static let rows: Child = {
        var child = Child(
            "slot", "When it is to be done, as the schedule was kept", in: "plan_slot", of: "queue_id",
            [
                Field("machine", to: "machine", sql: "(SELECT code FROM machine WHERE machine.id = plan_slot.machine_id)"),
                Field("starts_at", Moment.self), Field("ends_at", Moment.self), Field("kept_at", Moment.self),
            ])
        child.isPortable = false
        return child
    }()
}
