namespace CasePlanning.Storage.Moving;

/// <summary>Carries everything that a store keeps into a folder, and from a folder into an empty store.</summary>
public static class Mover
{
    private const int CasesAtOnce = 16;
    private const string Unfinished = $"{Manifest.FileName}.unfinished";

    /// <summary>
    /// Writes a folder. One that was begun and not finished is written anew, for the store may have changed in between.
    /// Throws <see cref="InvalidDataException"/> for a folder that holds an export or anything else.
    /// </summary>
    /// <param name="passed">Told how many cases were written so far.</param>
    public static async Task<Manifest> Export(IMovable store, string folder, Action<long> passed, CancellationToken ct)
    {
        if (await store.FindMark(ct) is not null)
        {
            throw new InvalidDataException("An import into this store wasn't finished, so it isn't whole. Run the import again first.");
        }

        Directory.CreateDirectory(folder);
        var others = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Except(Kinds.All.Select(kind => kind.FileName).Append(Unfinished)).Order(StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
        {
            throw new InvalidDataException($"{folder} holds {(others.Contains(Manifest.FileName) ? "a finished export" : string.Join(", ", others))}; name a folder that is empty or isn't there.");
        }

        using var lines = new LineWriter(kind => File.Create(Path.Combine(folder, kind.FileName)));
        var manifest = await Walk.Through(store, lines, passed, ct);
        await Finish(folder, manifest, ct);
        return manifest;
    }

    /// <summary>
    /// Puts a folder's content into an empty store, or goes on where an import of the same folder was interrupted, and then compares both by count
    /// and hash. The mark it leaves is to be taken away by whoever makes the store the one that is used.
    /// Throws <see cref="InvalidDataException"/> with everything that is wrong; where that is the folder or what the store held before, nothing was written.
    /// </summary>
    /// <param name="passed">Told how many cases are in place so far, and how many of them were before.</param>
    public static async Task<Manifest> Import(string folder, IMovable store, Action<long, long> passed, CancellationToken ct)
    {
        var moved = MovedFolder.Open(folder);
        await Begin(moved.Manifest.Mark(), store, ct);
        var (done, before) = (0L, 0L);
        await moved.Each(
            agency => store.Put(agency, ct),
            message => store.Put(message, ct),
            cases => Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = CasesAtOnce, CancellationToken = ct }, async (whole, stopped) =>
            {
                var isNew = await store.Put(whole, stopped);
                passed(Interlocked.Increment(ref done), isNew ? Interlocked.Read(ref before) : Interlocked.Increment(ref before));
            }),
            reply => store.Put(reply, ct));

        using var nowhere = new LineWriter(_ => Stream.Null);
        var found = await Walk.Through(store, nowhere, _ => { }, ct);
        var differences = moved.Manifest.Differences(found).ToArray();

        // An export of an older release has other hashes than what was made of it.
        var isOfThisRelease = moved.Manifest.Kinds.Select(kind => kind.Schema).SequenceEqual(found.Kinds.Select(kind => kind.Schema));
        return differences.Length == 0 || (!isOfThisRelease && moved.Manifest.Kinds.All(kind => found.Kinds.Single(each => each.Kind == kind.Kind).Lines == kind.Lines))
            ? found
            : throw new InvalidDataException(Sentences.Listed("What was imported isn't what was exported. Don't use the store:", differences));
    }

    private static async Task Begin(string mark, IMovable store, CancellationToken ct)
    {
        var begun = await store.FindMark(ct);
        if (begun is not null && begun != mark)
        {
            throw new InvalidDataException("An import of another folder into this store wasn't finished. Run that one again, or import into an empty store.");
        }

        if (begun is null)
        {
            if (await store.Holds(ct) is { Count: > 0 } held)
            {
                throw new InvalidDataException($"The store isn't empty: it holds {string.Join(", ", held)}. Import into an empty one.");
            }

            await store.SetMark(mark, ct);
        }
    }

    /// <summary>The manifest comes into being whole, once everything it speaks of is on disk.</summary>
    private static async Task Finish(string folder, Manifest manifest, CancellationToken ct)
    {
        var unfinished = Path.Combine(folder, Unfinished);
        await using (var stream = File.Create(unfinished))
        {
            await stream.WriteAsync(manifest.Write(), ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Path.Combine(folder, Manifest.FileName));
    }
}
