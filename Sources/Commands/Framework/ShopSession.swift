import Console
import Shop
import Store
import Values

/// The session for one run of the program.
package func session(in environment: Environment) -> any CommandSession { ShopSession(environment) }

/// A run of the program. It opens the shop on first use, and everything in the run shares that connection.
class ShopSession: CommandSession, @unchecked Sendable {
    // Only the thread that runs the command uses it.
    let environment: Environment
    private let nouns: Nouns
    private var opened: (name: String?, shop: Shop)?
    private var held: Shop?

    /// - Parameter known: returns the nouns; by default those of the table.
    init(_ environment: Environment, of nouns: Nouns = .ofTable) { (self.environment, self.nouns) = (environment, nouns) }

    /// - Parameters:
    ///   - name: the value of `--shop`; nil if it was not given.
    ///   - older: whether to accept a shop of an older version, to upgrade it.
    /// - Throws: `store` if there is no shop, or it is not trusted or cannot be opened.
    func shop(_ name: String?, _ mode: Database.Mode, older: Bool = false) throws -> Shop {
        if let held { return held }
        if let opened, opened.name == name {
            if mode == .writing { try opened.shop.allowWriting() }
            return opened.shop
        }
        let shop = try Shop(
            try folder(name), mode, clock: environment.clock, who: environment.user, nouns: nouns, older: older)
        opened = (name, shop)
        return shop
    }

    /// The same session at a later time, with a connection of its own.
    func again(at moment: Moment) -> ShopSession {
        var environment = environment
        environment.clock = moment
        return ShopSession(environment, of: nouns)
    }

    /// Makes this the shop of all following calls, which run within a change of it.
    func hold(_ shop: Shop) { held = shop }

    /// The real path of the shop's folder: SQLite does not follow links.
    /// - Throws: `store` if there is no shop, or it is not trusted.
    private func folder(_ name: String?) throws -> String {
        let place = try shopPlace(name, in: environment)
        if let refusal = place.refusal(in: environment) { throw refusal }
        return place.folder
    }

    private func isNamed(_ name: String?) -> Bool { name != nil || !(environment.variables["LASEROS_SHOP"] ?? "").isEmpty }

    /// Runs `body` with the shop; returns nil if none was named and no trusted one is found.
    @discardableResult
    func ifShop<Value>(_ name: String?, _ body: (Shop) throws -> Value) throws -> Value? {
        guard held != nil || isNamed(name) || (try? folder(name)) != nil else { return nil }
        let shop = try shop(name, .reading)
        return try shop.data.reading { try body(shop) }
    }

    /// Notes why a shop was found but ignored by a command that does not need one; empty if none was.
    func leftAside(_ name: String?) -> [String] {
        guard held == nil, !isNamed(name), let refusal = (try? shopPlace(nil, in: environment))?.refusal(in: environment) else { return [] }
        return ["without the shop: \(refusal.message)"] + (refusal.hint.map { ["hint: \($0)"] } ?? [])
    }

    func today(in shop: String?) throws -> Day {
        if held != nil || (try? folder(shop)) != nil { return try self.shop(shop, .reading).today() }
        let zone = try Zone(named: Settings.timeZone.initial.text)
        return environment.clock.day(offset: zone.offset(at: environment.clock))
    }

    func aliases(in shop: String?) -> [String: String] {
        guard let stored = try? self.shop(shop, .reading).storedSettings() else { return [:] }
        return Alias.all(in: stored)
    }

    func folder(of shop: String?) -> String? { try? folder(shop) }

    func codes(of noun: String, in shop: String?) -> [Coded] {
        (try? ifShop(shop) { shop in try shop.codes(of: try shop.noun(noun)) }) ?? []
    }

    func decimalMark(in shop: String?) -> DecimalMark {
        (try? ifShop(shop) { try $0.setting(Settings.decimal) }) ?? Settings.decimal.initial
    }

    func dateOrder(in shop: String?) -> DateOrder? { (try? ifShop(shop) { try $0.setting(Settings.dateOrder).order }) ?? nil }

    /// There are no roles: whoever can open the data file may do everything.
    func demand(_ permission: Permission, for command: String) throws {}
}

extension Call {
    /// The session of a call is always a `ShopSession`.
    var shopSession: ShopSession {
        guard let session = session as? ShopSession else { preconditionFailure("a call of laseros without its session") }
        return session
    }
}

/// Opens the shop of a call.
func openShop(_ call: Call, _ mode: Database.Mode) throws -> Shop { try call.shopSession.shop(call.shopName, mode) }

/// Runs `body` with the shop; returns nil if none was named and no trusted one is found.
@discardableResult
func withShop<Value>(_ call: Call, _ body: (Shop) throws -> Value) throws -> Value? { try call.shopSession.ifShop(call.shopName, body) }
