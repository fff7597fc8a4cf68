using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Personas;

/// <summary>The table <c>personas</c>, with the same statements on SQLite and PostgreSQL.</summary>
internal sealed class SqlPersonaStore(IDatabase database, IWriteBatcher writes, TimeProvider time) : IPersonaStore
{
    private const string SelectActive =
        """
        select id, slug, name, title, category, short_bio as ShortBio, avatar_url as AvatarUrl, greeting, starters, languages,
               is_featured as IsFeatured, sort_order as SortOrder, system_prompt as SystemPrompt, voice
        from personas
        where is_active = true
        """;

    // A single statement inserts, updates or skips the row, so two silos that start together get the same result.
    private const string Upsert =
        """
        insert into personas (id, slug, name, title, category, short_bio, avatar_url, greeting, starters, languages, is_featured, is_active,
                              sort_order, system_prompt, voice, seed_hash, created_at, updated_at)
        values (@id, @slug, @name, @title, @category, @short_bio, @avatar_url, @greeting, @starters, @languages, @is_featured, true,
                @sort_order, @system_prompt, @voice, @seed_hash, @now, @now)
        on conflict (id) do update set
            slug = excluded.slug, name = excluded.name, title = excluded.title, category = excluded.category,
            short_bio = excluded.short_bio, avatar_url = excluded.avatar_url, greeting = excluded.greeting, starters = excluded.starters,
            languages = excluded.languages, is_featured = excluded.is_featured, sort_order = excluded.sort_order,
            system_prompt = excluded.system_prompt, voice = excluded.voice, seed_hash = excluded.seed_hash, updated_at = excluded.updated_at
        where personas.seed_hash <> excluded.seed_hash
        """;

    public async Task<ImmutableArray<StoredPersona>> LoadActiveAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(SelectActive, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToStored())];
    }

    public Task SeedAsync(SeedPersona seed, CancellationToken cancellationToken) => writes.CommitAsync(
        new WriteUnit(new Statement(
            Upsert,
            ("id", seed.Id.ToString()),
            ("slug", seed.Slug),
            ("name", seed.Name),
            ("title", seed.Title),
            ("category", seed.Category),
            ("short_bio", seed.ShortBio),
            ("avatar_url", seed.AvatarUrl),
            ("greeting", seed.Greeting),
            ("starters", ToJson(seed.ConversationStarters)),
            ("languages", ToJson(seed.Languages)),
            ("is_featured", seed.IsFeatured),
            ("sort_order", seed.SortOrder),
            ("system_prompt", seed.SystemPrompt),
            ("voice", ToJson(seed.Voice)),
            ("seed_hash", seed.Hash),
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds()))),
        cancellationToken);

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, PersonaJson.Options);

    // Properties instead of a positional record, because SQLite returns every integer as long and Dapper converts only into properties.
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Slug { get; init; } = "";

        public string Name { get; init; } = "";

        public string Title { get; init; } = "";

        public string Category { get; init; } = "";

        public string ShortBio { get; init; } = "";

        public string AvatarUrl { get; init; } = "";

        public string Greeting { get; init; } = "";

        public string Starters { get; init; } = "";

        public string Languages { get; init; } = "";

        public bool IsFeatured { get; init; }

        public int SortOrder { get; init; }

        public string SystemPrompt { get; init; } = "";

        public string Voice { get; init; } = "";

        public StoredPersona ToStored() => new(
            new PersonaProfile(
                new Persona(
                    PersonaId.Parse(Id), Slug, Name, Title, Category, ShortBio, AvatarUrl, Greeting,
                    FromJson<ImmutableArray<string>>(Starters), FromJson<ImmutableArray<string>>(Languages), IsFeatured),
                SystemPrompt,
                FromJson<PersonaVoice>(Voice)),
            SortOrder);

        private T FromJson<T>(string json) => JsonSerializer.Deserialize<T>(json, PersonaJson.Options)
            ?? throw new InvalidOperationException($"Persona {Id} has an empty JSON column.");
    }
}
