internal import GRDB

/// A file that was damaged may hold anything in a column: reading one throws, where the library's
/// subscript would stop the program. An optional takes NULL for nil.
extension Row {
    func get<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ name: String
    ) throws -> Value {
        try decode(Value.self, forColumn: name)
    }

    func get<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ index: Int
    ) throws -> Value {
        try decode(Value.self, atIndex: index)
    }
}
