internal import Exact

extension Collection<Rational> {
    /// The exact mean; 0 of nothing.
    func mean() throws(ExactError) -> Rational {
        isEmpty ? .zero : try sum().divided(by: Rational(count))
    }

    /// The sum of the squared distances from the exact mean.
    func squaresAboutMean() throws(ExactError) -> Rational {
        let mean = try mean()
        var squares = Rational.zero
        for value in self {
            let distance = try value.minus(mean)
            squares = try squares.plus(distance.times(distance))
        }
        return squares
    }
}
