using System.Collections.Immutable;
using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Conversations.Requests;
using JubileeVerse.Gateway.Conversations.Responses;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Personas;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>Endpoints for a user's conversations.</summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/api/conversations").RequireAuthorization().WithTags("Conversations");
        conversations.MapPost("", CreateAsync);
        conversations.MapGet("", ListAsync);
        conversations.MapGet("/{id}", GetAsync);
        conversations.MapPatch("/{id}", UpdateAsync);
        conversations.MapDelete("/{id}", DeleteAsync);
        conversations.MapPut("/{id}/read", MarkReadAsync);
        conversations.MapMessages();
    }

    private static async Task<Created<ConversationResponse>> CreateAsync(
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
        return TypedResults.Created($"/api/conversations/{id}", new ConversationResponse(conversation));
    }

    private static async Task<ImmutableArray<PersonaId>> DefaultPersonaAsync(
        IGrainFactory grains, UserId userId, CancellationToken cancellationToken)
    {
        var user = await grains.GetGrain<IAccountGrain>(userId.Value).GetAsync(cancellationToken);
        return await PersonaNames.ResolveAsync(grains, [user.DefaultPersona], cancellationToken);
    }

    private static async Task<Ok<ConversationListResponse>> ListAsync(
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
        PersonaId? personaId = string.IsNullOrEmpty(persona)
            ? null
            : (await PersonaNames.ResolveAsync(grains, persona, "persona", cancellationToken)).Id;

        var found = await grains.GetGrain<IConversationQueriesGrain>(0)
            .ListAsync(caller.UserId(), archived ?? false, personaId, page, cancellationToken);
        return TypedResults.Ok(new ConversationListResponse([.. found.Items.Select(ConversationListItem.From)], found.Next));
    }

    private static async Task<Results<Ok<ConversationResponse>, ProblemResult>> GetAsync(
        ConversationId id, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IConversationQueriesGrain>(0).FindAsync(caller.UserId(), id, cancellationToken) is { } conversation
            ? TypedResults.Ok(new ConversationResponse(conversation))
            : ProblemResult.NotFound("conversation");

    private static async Task<Ok<ConversationResponse>> UpdateAsync(
        ConversationId id,
        UpdateConversationRequest request,
        ClaimsPrincipal caller,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var conversation = await grains.GetGrain<IConversationGrain>(id.Value)
            .UpdateAsync(caller.UserId(), request.ToChange(), cancellationToken);
        return TypedResults.Ok(new ConversationResponse(conversation));
    }

    private static async Task<NoContent> DeleteAsync(
        ConversationId id, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        await grains.GetGrain<IConversationGrain>(id.Value).DeleteAsync(caller.UserId(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> MarkReadAsync(
        ConversationId id, MarkReadRequest request, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        await MessageCommands.MarkReadAsync(grains, caller.UserId(), id, request, cancellationToken);
        return TypedResults.NoContent();
    }
}
