using System.Collections.Immutable;
using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Personas;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>A person's conversations.</summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/api/conversations").RequireAuthorization().WithTags("Conversations");
        conversations.MapPost("", CreateAsync).Produces<ConversationAnswer>(StatusCodes.Status201Created);
        conversations.MapGet("", ListAsync).Produces<ConversationListAnswer>();
        conversations.MapGet("/{id}", GetAsync).Produces<ConversationAnswer>();
        conversations.MapPatch("/{id}", UpdateAsync).Produces<ConversationAnswer>();
        conversations.MapDelete("/{id}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        conversations.MapPut("/{id}/read", MarkReadAsync).Produces(StatusCodes.Status204NoContent);
        conversations.MapMessages();
    }

    private static async Task<IResult> CreateAsync(
        CreateConversationRequest request,
        ClaimsPrincipal caller,
        IGrainFactory grains,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var userId = caller.UserId();
        var personas = await PersonaNames.ResolveAsync(grains, request.Personas, cancellationToken);
        if (personas.IsEmpty)
            personas = await DefaultPersonaAsync(grains, userId, cancellationToken);

        var id = ConversationId.New(time);
        var command = new CreateConversation(userId, personas, request.Title?.Trim(), request.Language, request.OnBusy ?? OnBusy.Queue);
        var conversation = await grains.GetGrain<IConversationGrain>(id.Value).CreateAsync(command, cancellationToken);
        return Results.Created($"/api/conversations/{id}", new ConversationAnswer(conversation));
    }

    private static async Task<ImmutableArray<PersonaId>> DefaultPersonaAsync(
        IGrainFactory grains, UserId userId, CancellationToken cancellationToken)
    {
        var user = await grains.GetGrain<IAccountGrain>(userId.Value).GetAsync(cancellationToken);
        return await PersonaNames.ResolveAsync(grains, [user.DefaultPersona], cancellationToken);
    }

    private static async Task<IResult> ListAsync(
        bool? archived,
        string? persona,
        int? limit,
        string? after,
        ClaimsPrincipal caller,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        faults.ThrowIfAny();
        PersonaId? with = string.IsNullOrEmpty(persona)
            ? null
            : (await PersonaNames.ResolveAsync(grains, persona, "persona", cancellationToken)).Id;

        var found = await grains.GetGrain<IConversationQueries>(0)
            .ListAsync(caller.UserId(), archived ?? false, with, page, cancellationToken);
        return Results.Ok(new ConversationListAnswer([.. found.Items.Select(ConversationListItem.Of)], found.Next));
    }

    private static async Task<IResult> GetAsync(
        ConversationId id, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IConversationQueries>(0).FindAsync(caller.UserId(), id, cancellationToken) is { } conversation
            ? Results.Ok(new ConversationAnswer(conversation))
            : ProblemResult.NotFound("conversation");

    private static async Task<IResult> UpdateAsync(
        ConversationId id,
        UpdateConversationRequest request,
        ClaimsPrincipal caller,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var conversation = await grains.GetGrain<IConversationGrain>(id.Value)
            .UpdateAsync(caller.UserId(), request.ToChange(), cancellationToken);
        return Results.Ok(new ConversationAnswer(conversation));
    }

    private static async Task<IResult> DeleteAsync(
        ConversationId id, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        await grains.GetGrain<IConversationGrain>(id.Value).DeleteAsync(caller.UserId(), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> MarkReadAsync(
        ConversationId id, MarkReadRequest request, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        await MessageCommands.MarkReadAsync(grains, caller.UserId(), id, request, cancellationToken);
        return Results.NoContent();
    }
}
