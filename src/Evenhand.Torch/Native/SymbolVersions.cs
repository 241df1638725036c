using System.Buffers.Binary;
using System.Text;

namespace Evenhand.Torch.Native;

/// <summary>The versions of symbols that a shared library of Linux asks of other libraries.</summary>
/// <remarks>64-bit ELF, lowest byte first: System V ABI, chapters 4 and 5; Linux Standard Base Core, "Symbol
/// versioning".</remarks>
/// <param name="image">The bytes of the file.</param>
internal sealed class SymbolVersions(byte[] image)
{
    private const uint Symbols = 11; // SHT_DYNSYM
    private const uint Relocations = 4; // SHT_RELA
    private const uint Needs = 0x6ffffffe; // SHT_GNU_verneed
    private const uint Versions = 0x6fffffff; // SHT_GNU_versym
    private const ushort Weak = 2; // VER_FLG_WEAK
    private const ushort VersionNumber = 0x7fff;
    private const int HeaderSize = 64;
    private const int RelocationSize = 24;

    /// <summary>Marks a version as one that may be missing, if no relocation refers to a symbol of it: then none is
    /// ever called or read.</summary>
    /// <param name="library">The library that should have it, such as "libstdc++.so.6".</param>
    /// <param name="version">Its name, such as "GLIBCXX_3.4.32".</param>
    /// <returns>Whether it was marked; else the bytes are as they were.</returns>
    public bool TryMakeOptional(string library, string version)
    {
        if (image.Length < HeaderSize || !image.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
        {
            return false;
        }

        var sections = Sections();
        if (Find(sections, library, version) is not { } entry || IsUsed(sections, UInt16(entry + 6)))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(entry + 4), (ushort)(UInt16(entry + 4) | Weak));
        return true;
    }

    // Where the entry of the version lies among what is asked of the library.
    private int? Find(Section[] sections, string library, string version)
    {
        foreach (var needs in sections.Where(section => section.Type == Needs))
        {
            var names = sections[needs.Link].Offset;
            foreach (var file in Chain(needs.Offset, 12))
            {
                if (!IsText(names + Int32(file + 4), library))
                {
                    continue;
                }

                foreach (var entry in Chain(file + Int32(file + 8), 12))
                {
                    if (IsText(names + Int32(entry + 8), version))
                    {
                        return entry;
                    }
                }
            }
        }

        return null;
    }

    private bool IsUsed(Section[] sections, int version)
    {
        var versions = sections.First(section => section.Type == Versions).Offset;
        foreach (var relocations in sections.Where(
            section => section.Type == Relocations && sections[section.Link].Type == Symbols))
        {
            for (var at = relocations.Offset; at < relocations.Offset + relocations.Size; at += RelocationSize)
            {
                var symbol = Int32(at + 12);
                if ((UInt16(versions + (2 * symbol)) & VersionNumber) == version)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Offsets of entries of which each says how far the next one is, 0 at the end.
    private IEnumerable<int> Chain(int first, int next)
    {
        for (var at = first; ; at += Int32(at + next))
        {
            yield return at;
            if (Int32(at + next) == 0)
            {
                yield break;
            }
        }
    }

    private Section[] Sections()
    {
        var (start, size, count) = (Offset(0x28), UInt16(0x3a), UInt16(0x3c));
        var sections = new Section[count];
        for (var i = 0; i < count; i++)
        {
            var at = start + (i * size);
            sections[i] = new Section((uint)Int32(at + 4), Offset(at + 24), Offset(at + 32), Int32(at + 40));
        }

        return sections;
    }

    private bool IsText(int at, string text)
    {
        var found = image.AsSpan(at);
        return found[..found.IndexOf((byte)0)].SequenceEqual(Encoding.ASCII.GetBytes(text));
    }

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(at));

    private int Offset(int at) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(at)));

    private readonly record struct Section(uint Type, int Offset, int Size, int Link);
}
