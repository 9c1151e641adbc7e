/// The permissions that commands require; roles will be sets of them. A released name never changes.
package enum Permission: String, CaseIterable, Sendable {
    /// No permission needed: help, the user's own settings and log, drawings, creating a shop.
    case open
    /// View records of the shop, one or a page of them.
    case view
    /// Export whole lists.
    case export
    /// Add, change and remove clients and their contacts.
    case customers
    /// Add, change and remove projects, and take files away from them.
    case jobs
    /// Attach files to projects.
    case files
    /// Make, change, send and answer quotes.
    case quotes
    /// Make, change and issue invoices.
    case invoices
    /// Record what was paid.
    case money
    /// Add, change and remove materials, machines and presets.
    case resources
    /// Change the price list.
    case prices
    /// Change the queue, and record what was made.
    case floor
    /// Add, change, count and move stock.
    case stock
    /// Make, change, place and receive purchases, and keep suppliers.
    case purchases
    /// Keep and remove filters for everybody.
    case filters
    /// Change the settings of the shop.
    case settings
    /// Look at the history of every change.
    case history
    /// Take back changes, and undos.
    case undo
    /// Upgrade the shop, and drop old data.
    case upkeep
}
