using System.Reflection;
using System.Runtime.CompilerServices;

namespace JubileeVerse.Architecture.Tests;

public sealed class ContractTests
{
    private static readonly Type[] Asynchronous =
        [typeof(Task), typeof(ValueTask), typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    private static IEnumerable<Type> GrainInterfaces => Assemblies.Interfaces.GetTypes()
        .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    /// <summary>The serializable types that are declared in source, without those that the code generator adds.</summary>
    private static IEnumerable<Type> Contracts => Assemblies.Interfaces.GetTypes()
        .Where(type => type.Namespace?.StartsWith("JubileeVerse", StringComparison.Ordinal) == true
            && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null);

    [Fact]
    public void GrainMethods_AreAsynchronous()
    {
        var others = GrainInterfaces.SelectMany(type => type.GetMethods())
            .Where(method => !Asynchronous.Contains(
                method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.NotEmpty(GrainInterfaces);
        Assert.Empty(others);
    }

    /// <summary>
    /// A type without an alias cannot be renamed or moved, because old and new processes would not understand each other.
    /// </summary>
    [Fact]
    public void Contracts_HaveAnAlias()
    {
        var unnamed = Contracts
            .Where(type => type.GetCustomAttribute<AliasAttribute>(inherit: false) is null)
            .Select(type => type.FullName);

        Assert.NotEmpty(Contracts);
        Assert.Empty(unnamed);
    }

    [Fact]
    public void Contracts_AliasesAreUnique()
    {
        var duplicates = Contracts
            .Select(type => type.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias)
            .GroupBy(alias => alias)
            .Where(group => group.Count() > 1);

        Assert.Empty(duplicates.Select(group => group.Key));
    }

    [Fact]
    public void TypesInGrainMethods_CanBeSerialized()
    {
        var unknown = GrainInterfaces.SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(PartsOf)
            .Where(type => type.Assembly == Assemblies.Interfaces
                && !typeof(IAddressable).IsAssignableFrom(type)
                && !typeof(IGrainObserver).IsAssignableFrom(type))
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is null)
            .Select(type => type.FullName)
            .Distinct();

        Assert.Empty(unknown);
    }

    [Fact]
    public void Grains_AreInternalAndSealed()
    {
        var open = Assemblies.Grains.GetTypes()
            .Where(type => typeof(IGrain).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })
            .Where(type => type.IsPublic || !type.IsSealed)
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    /// <summary>
    /// The state name is part of a stored state's key. Two grains with the same name do not collide, but their rows are hard to tell apart.
    /// </summary>
    [Fact]
    public void PersistentStates_NamesAreUnique()
    {
        var duplicates = Assemblies.Grains.GetTypes()
            .SelectMany(type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName)
            .OfType<string>()
            .GroupBy(name => name)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(duplicates);
    }

    private static IEnumerable<Type> PartsOf(Type type) => type.IsGenericType
        ? type.GetGenericArguments().SelectMany(PartsOf).Append(type.GetGenericTypeDefinition())
        : type.IsArray ? PartsOf(type.GetElementType()!) : [type];
}
