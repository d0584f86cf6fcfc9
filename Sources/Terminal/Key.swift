/// A key as a screen takes it.
public enum Key: Hashable, Sendable {
    /// A character, as the keyboard or an input method gave it.
    case character(Character)
    /// Control and a letter.
    case control(Character)
    /// Enter.
    case enter
    /// Escape.
    case escape
    /// Tab.
    case tab
    /// Shift and Tab.
    case backTab
    /// An arrow up.
    case up
    /// An arrow down.
    case down
    /// An arrow to the left.
    case left
    /// An arrow to the right.
    case right
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// Home.
    case home
    /// End.
    case end
    /// Backspace.
    case backspace
    /// Delete.
    case delete
    /// F1, the key for help.
    case help
    /// The window has another size now.
    case resize
    /// Nothing was pressed in time.
    case nothing
    /// The terminal is gone.
    case hangUp
    /// A key that no screen uses.
    case other
}
