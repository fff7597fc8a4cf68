using System.Reflection;
using System.Runtime.CompilerServices;

namespace JubileeVerse.Architecture.Tests;

public sealed class ContractTests
{
    private static readonly Type[] Asynchronous = [typeof(Task), typeof(ValueTask), typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    private static IEnumerable<Type> GrainInterfaces => Assemblies.Interfaces.GetTypes()
        .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    /// <summary>What people declared; not what the generator adds.</summary>
    private static IEnumerable<Type> Contracts => Assemblies.Interfaces.GetTypes()
        .Where(type => type.Namespace?.StartsWith("JubileeVerse", StringComparison.Ordinal) == true
            && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null);

    [Fact]
    public void GrainMethods_AreAsynchronous()
    {
        var others = GrainInterfaces.SelectMany(type => type.GetMethods())
            .Where(method => !Asynchronous.Contains(method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.NotEmpty(GrainInterfaces);
        Assert.Empty(others);
    }

    /// <summary>Without a name of its own a type could not be renamed or moved: old and new processes would not understand each other.</summary>
    [Fact]
    public void Contracts_HaveANameOfTheirOwn()
    {
        var unnamed = Contracts.Where(type => type.GetCustomAttribute<AliasAttribute>(inherit: false) is null).Select(type => type.FullName);

        Assert.NotEmpty(Contracts);
        Assert.Empty(unnamed);
    }

    [Fact]
    public void Contracts_NamesAreUnique()
    {
        var doubled = Contracts.Select(type => type.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias).GroupBy(alias => alias).Where(group => group.Count() > 1);

        Assert.Empty(doubled.Select(group => group.Key));
    }

    [Fact]
    public void TypesInGrainMethods_CanBeSerialized()
    {
        var unknown = GrainInterfaces.SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(PartsOf)
            .Where(type => type.Assembly == Assemblies.Interfaces && !typeof(IAddressable).IsAssignableFrom(type) && !typeof(IGrainObserver).IsAssignableFrom(type))
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

    /// <summary>The name is part of a stored state's key: two grains that share one would not collide today, and mislead tomorrow.</summary>
    [Fact]
    public void PersistentStates_NamesAreUnique()
    {
        var doubled = Assemblies.Grains.GetTypes()
            .SelectMany(type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName)
            .OfType<string>()
            .GroupBy(name => name)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(doubled);
    }

    private static IEnumerable<Type> PartsOf(Type type) => type.IsGenericType
        ? type.GetGenericArguments().SelectMany(PartsOf).Append(type.GetGenericTypeDefinition())
        : type.IsArray ? PartsOf(type.GetElementType()!) : [type];
}
