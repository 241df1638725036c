using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenhand.Tuning.Space;

/// <summary>One value of a parameter: an integer, a finite number, a truth value or a text.</summary>
/// <remarks>Two values are equal when kind and content are: the integer 1 is not the number 1.0. In JSON an integer
/// has no decimal point and a number always has one (or an exponent), so that a value read back equals the one
/// written.</remarks>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly struct ParameterValue : IEquatable<ParameterValue>
{
    // Integers and truth values as they are, numbers by their bits.
    private readonly long _bits;
    private readonly string? _text;

    /// <summary>An integer.</summary>
    /// <param name="value">Any integer.</param>
    public ParameterValue(long value) => (Kind, _bits) = (ParameterKind.Int, value);

    /// <summary>A number.</summary>
    /// <param name="value">Any finite number.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is infinite or not a number.</exception>
    public ParameterValue(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("The value of a parameter must be finite.", nameof(value));
        }

        // Zero has one form only, so that equality is that of the bits.
        (Kind, _bits) = (ParameterKind.Float, BitConverter.DoubleToInt64Bits(value == 0 ? 0d : value));
    }

    /// <summary>A truth value.</summary>
    /// <param name="value">True or false.</param>
    public ParameterValue(bool value) => (Kind, _bits) = (ParameterKind.Bool, value ? 1 : 0);

    /// <summary>A text.</summary>
    /// <param name="value">Any text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ParameterValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (Kind, _text) = (ParameterKind.String, value);
    }

    /// <summary>The type of the value.</summary>
    public ParameterKind Kind { get; }

    /// <summary>Whether the value is an integer or a number.</summary>
    public bool IsNumeric => Kind is ParameterKind.Int or ParameterKind.Float;

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">The value is not an integer.</exception>
    public long AsInt64 => Kind == ParameterKind.Int ? _bits : throw Mismatch(ParameterKind.Int);

    /// <summary>The number; an integer is converted.</summary>
    /// <exception cref="InvalidOperationException">The value is neither a number nor an integer.</exception>
    public double AsDouble => Kind switch
    {
        ParameterKind.Float => BitConverter.Int64BitsToDouble(_bits),
        ParameterKind.Int => _bits,
        _ => throw Mismatch(ParameterKind.Float),
    };

    /// <summary>The truth value.</summary>
    /// <exception cref="InvalidOperationException">The value is not a truth value.</exception>
    public bool AsBoolean => Kind == ParameterKind.Bool ? _bits != 0 : throw Mismatch(ParameterKind.Bool);

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">The value is not a text; <see cref="ToString"/> writes any
    /// value.</exception>
    public string AsString => Kind == ParameterKind.String ? _text! : throw Mismatch(ParameterKind.String);

    /// <summary>An integer as a value.</summary>
    /// <param name="value">Any integer.</param>
    public static implicit operator ParameterValue(long value) => new(value);

    /// <summary>A number as a value.</summary>
    /// <param name="value">Any finite number.</param>
    public static implicit operator ParameterValue(double value) => new(value);

    /// <summary>A truth value as a value.</summary>
    /// <param name="value">True or false.</param>
    public static implicit operator ParameterValue(bool value) => new(value);

    /// <summary>A text as a value.</summary>
    /// <param name="value">Any text.</param>
    public static implicit operator ParameterValue(string value) => new(value);

    /// <summary>Whether kind and content are equal.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ParameterValue left, ParameterValue right) => left.Equals(right);

    /// <summary>Whether kind or content differ.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ParameterValue left, ParameterValue right) => !left.Equals(right);

    /// <summary>Writes the value as JSON; a float always has a decimal point or an exponent.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ParameterValueConverter.Write(writer, this);
    }

    /// <inheritdoc/>
    public bool Equals(ParameterValue other) =>
        Kind == other.Kind && _bits == other._bits && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ParameterValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, _bits, _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal));

    /// <summary>The value as a user writes it in an experiment file, in invariant culture: <c>64</c>, <c>0.05</c>,
    /// <c>true</c>, <c>square</c>.</summary>
    public override string ToString() => Kind switch
    {
        ParameterKind.Int => _bits.ToString(CultureInfo.InvariantCulture),
        ParameterKind.Float => AsDouble.ToString("R", CultureInfo.InvariantCulture),
        ParameterKind.Bool => _bits != 0 ? "true" : "false",
        _ => _text!,
    };

    private InvalidOperationException Mismatch(ParameterKind wanted) =>
        new($"The parameter's value {this} is of kind {Kind}, not {wanted}.");
}
