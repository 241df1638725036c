using System.Runtime.InteropServices;

namespace Evenhand.Data.Ratings;

/// <summary>Takes the ratings of a <see cref="RatingFile"/> that is being written.</summary>
public sealed class RatingFileWriter
{
    private readonly Stream _stream;
    private readonly int _users;
    private readonly int _items;

    internal RatingFileWriter(Stream stream, int users, int items)
    {
        _stream = stream;
        _users = users;
        _items = items;
    }

    internal long Count { get; private set; }

    internal uint Checksum { get; private set; }

    /// <summary>Adds ratings behind those that are there.</summary>
    /// <exception cref="ArgumentException">A code is not in the vocabularies, or a value is not finite.</exception>
    public void Append(ReadOnlySpan<Rating> ratings)
    {
        foreach (ref readonly var rating in ratings)
        {
            if ((uint)rating.User >= (uint)_users || (uint)rating.Item >= (uint)_items || !float.IsFinite(rating.Value))
            {
                throw new ArgumentException(
                    $"{rating} has a code outside of {_users} users and {_items} items, or no finite value.",
                    nameof(ratings));
            }
        }

        var bytes = MemoryMarshal.AsBytes(ratings);
        Checksum = RatingChecksum.Append(Checksum, bytes);
        Count += ratings.Length;
        _stream.Write(bytes);
    }
}
