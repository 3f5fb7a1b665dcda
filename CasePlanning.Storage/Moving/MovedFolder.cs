using System.Security.Cryptography;
using System.Text.Json;
using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Moving;

/// <summary>An exported folder, read in the order in which it was written.</summary>
internal sealed class MovedFolder
{
    private readonly string _path;

    private MovedFolder(string path, Manifest manifest) => (_path, Manifest) = (path, manifest);

    public Manifest Manifest { get; }

    /// <summary>Opens a folder once every file in it is as the manifest says and every line can be read. Throws <see cref="InvalidDataException"/> with all that is wrong.</summary>
    public static MovedFolder Open(string path)
    {
        var file = Path.Combine(path, Manifest.FileName);
        if (!File.Exists(file))
        {
            throw new InvalidDataException($"{path} can't be imported: there is no {Manifest.FileName} in it, so it is no export, or one that wasn't finished.");
        }

        var violations = new List<string>();
        var folder = new MovedFolder(path, ReadManifest(file, violations));
        violations.AddRange(folder.Manifest.Kinds.Count > 0 ? folder.Violations() : []);
        if (violations.Count == 0)
        {
            violations.AddRange(folder.Unreadable());
        }

        return violations.Count == 0 ? folder : throw new InvalidDataException(Sentences.Listed($"{path} can't be imported:", violations));
    }

    /// <summary>Gives everything to those who take it, in order.</summary>
    public async Task Each(Func<WholeAgency, Task> agency, Func<Message, Task> message, Func<IEnumerable<WholeCase>, Task> cases, Func<StoredReply, Task> reply)
    {
        using var readers = new Readers(_path, Manifest);
        foreach (var whole in readers.AllAgencies())
        {
            await agency(whole);
        }

        foreach (var loose in readers.Messages.Each(Kinds.Nobody))
        {
            await message(loose);
        }

        await cases(readers.AllCases());
        foreach (var kept in readers.Replies.Each(Kinds.Nobody))
        {
            await reply(kept);
        }

        if (readers.Left.ToArray() is { Length: > 0 } left)
        {
            throw new InvalidDataException(string.Join('\n', left));
        }
    }

    private static Manifest ReadManifest(string file, List<string> violations)
    {
        try
        {
            return Moving.Manifest.Read(File.ReadAllBytes(file));
        }
        catch (JsonException exception)
        {
            violations.Add($"{Moving.Manifest.FileName} can't be read: {exception.Message}");
            return new Manifest(Kinds.Format, []);
        }
    }

    private IEnumerable<string> Violations()
    {
        if (Manifest.Format != Kinds.Format)
        {
            yield return FormattableString.Invariant($"Its format is {Manifest.Format}, and this release reads format {Kinds.Format}. Import it with the release that wrote it, or a newer one.");
            yield break;
        }

        foreach (var unknown in Manifest.Kinds.Select(kind => kind.Kind).Except(Kinds.All.Select(kind => kind.Name)))
        {
            yield return $"{unknown}: this release knows no such kind.";
        }

        foreach (var kind in Kinds.All)
        {
            if (Violation(kind, Manifest.Kinds.FirstOrDefault(each => each.Kind == kind.Name)) is { } violation)
            {
                yield return violation;
            }
        }
    }

    private string? Violation(Kind kind, ManifestKind? said)
    {
        var file = Path.Combine(_path, kind.FileName);
        if (said is null || !File.Exists(file))
        {
            return said is null ? $"{kind.Name}: the manifest says nothing of them." : $"{kind.FileName} is missing.";
        }

        if (said.Schema < 1 || said.Schema > kind.Schema)
        {
            return FormattableString.Invariant($"{kind.FileName} has documents of schema {said.Schema}, and this release knows schemas 1 to {kind.Schema}. Import it with the release that wrote it, or a newer one.");
        }

        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) != said.Sha256 ? $"{kind.FileName} isn't the file that was exported: its SHA-256 isn't the manifest's." : null;
    }

    private IEnumerable<string> Unreadable()
    {
        try
        {
            using var readers = new Readers(_path, Manifest);
            _ = readers.AllAgencies().Count() + readers.Messages.Each(Kinds.Nobody).Count() + readers.AllCases().Count() + readers.Replies.Each(Kinds.Nobody).Count();
            return [.. readers.Left];
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return [exception.Message];
        }
    }

    private sealed class Readers : IDisposable
    {
        private readonly List<ILineReader> _all = [];
        private readonly LineReader<DirectoryLine> _directories;
        private readonly LineReader<CaseLine> _cases;
        private readonly Func<string, WholeAgency> _agency;
        private readonly Func<string, WholeCase> _case;

        public Readers(string folder, Manifest manifest)
        {
            _directories = Open(Kinds.Directories);
            var (agencies, units, people, feeds) = (Open(Kinds.Agencies), Open(Kinds.Units), Open(Kinds.People), Open(Kinds.Feeds));
            _agency = id => _directories.One(id) is var state && agencies.One(id) is var agency && agency.Id == id
                ? new WholeAgency(agency, state.Revision, state.HastenedTo, units.All(id), people.All(id), feeds.All(id))
                : throw new InvalidDataException($"{Kinds.Agencies.FileName}: the line of '{id}' is another agency's.");

            _cases = Open(Kinds.Cases);
            Messages = Open(Kinds.Messages);
            Replies = Open(Kinds.Replies);
            var (files, marks, plans, contents, progress) = (Open(Kinds.Files), Open(Kinds.Marks), Open(Kinds.Plans), Open(Kinds.Contents), Open(Kinds.Progress));
            var (history, notices, inbox, wakes) = (Open(Kinds.History), Open(Kinds.Notices), Open(Kinds.Inbox), Open(Kinds.Wakes));
            _case = id => new WholeCase(_cases.One(id).Version, files.One(id))
            {
                Marks = marks.All(id).SingleOrDefault(),
                Plans = plans.All(id),
                Contents = contents.All(id),
                Progress = progress.All(id),
                History = history.All(id),
                Notices = notices.All(id),
                Inbox = inbox.All(id),
                Messages = Messages.All(id),
                Wakes = wakes.All(id),
            };

            LineReader<T> Open<T>(Kind<T> kind)
                where T : class
            {
                var reader = new LineReader<T>(kind, folder, manifest.Kinds.Single(each => each.Kind == kind.Name).Schema);
                _all.Add(reader);
                return reader;
            }
        }

        public LineReader<Message> Messages { get; }

        public LineReader<StoredReply> Replies { get; }

        /// <summary>A sentence for each kind whose next line belongs to nothing.</summary>
        public IEnumerable<string> Left => _all.Select(reader => reader.Left).OfType<string>();

        public IEnumerable<WholeAgency> AllAgencies()
        {
            while (_directories.Owner is { } id)
            {
                yield return _agency(id);
            }
        }

        public IEnumerable<WholeCase> AllCases()
        {
            while (_cases.Owner is { } id)
            {
                var whole = _case(id);
                StoreRules.CheckBelonging(whole.AsChange() with { Case = id });
                yield return whole;
            }
        }

        public void Dispose() => _all.ForEach(reader => reader.Dispose());
    }
}

internal static class Sentences
{
    public static string Listed(string opening, IEnumerable<string> sentences) => string.Concat(sentences.Select(sentence => $"\n- {sentence}").Prepend(opening));
}
