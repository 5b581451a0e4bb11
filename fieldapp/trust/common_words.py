"""Words that people at a Spanish-speaking post choose first for a password, beside those zxcvbn knows (English ones).

Own list, without accents: words of love, faith, football and work, months, animals and colours, and given names and
surnames common in Colombia and Venezuela. The places come from the code lists.
"""

from functools import cache

from fieldapp import code_lists
from fieldapp.domain.names import search_key

_WORDS = """
contrasena contra clave claves secreto secreta password acceso entrar entrada usuario usuaria admin administrador
administradora hola holahola teamo tequiero tequieromucho amor amores mivida vida corazon cielo princesa principe reina
rey bebe bebita bonita bonito hermosa hermoso linda lindo preciosa guapa amiga amigo amigos novia novio esposa esposo
familia mama papa mami papi hijo hija hermano hermana abuela abuelo casa hogar dios jesus cristo jesucristo virgen fe
angel angeles angelito bendicion bendiciones gloria milagro iglesia santo santa espiritu esperanza libertad paz futbol
nacional millonarios america junior santafe cali medellin barcelona realmadrid magallanes leones caracas seleccion
campeon campeones musica vallenato salsa reggaeton baile fiesta cerveza cafe arepa arepas empanada chocolate azucar
colombia colombiano colombiana venezuela venezolano venezolana bolivar bolivariana patria republica bandera frontera
puente rio trocha cucuta maicao arauca albergue refugio refugiados migrante migrantes migracion registro registrador
registrar llegada llegadas persona personas emergencia humanitario humanitaria ayuda cruzroja acnur unicef gobierno
alcaldia policia ejercito oficina escritorio computador computadora laptop portatil teclado internet trabajo trabajar
empresa jefe equipo programa sistema prueba pruebas ejemplo test temporal cambiar cambiame nuevo nueva
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes
miercoles jueves viernes sabado domingo primavera verano otono invierno navidad semana santa feliz
perro gato gatito gatita caballo toro tigre leon lobo aguila condor paloma mariposa pajaro pez delfin oso conejo
rojo roja azul verde amarillo amarilla negro negra blanco blanca rosa rosado morado naranja gris dorado
sol luna estrella estrellas mar playa montana selva flor flores rosas girasol tierra fuego agua viento lluvia nieve
uno dos tres cuatro cinco seis siete ocho nueve diez cien mil grande pequeno bueno buena malo mala mejor loco loca
siempre nunca mucho todo nada ahora hoy manana ayer noche dia tarde buenos buenas dias noches tardes gracias porfavor
bienvenido bienvenida bienvenidos adios chao chevere bacano parcero parce marica chamo chama pana vaina
"""

_NAMES = """
maria jose juan luis carlos jorge jesus miguel pedro rafael antonio francisco manuel andres david daniel alejandro
diego fernando javier ricardo eduardo sergio oscar camilo sebastian santiago nicolas felipe mateo samuel gabriel victor
hector wilmer yeison jhon johan brayan kevin edwin freddy alexander cesar ramon alberto alfredo enrique gustavo ivan
ana luz carmen rosa gloria martha marta patricia sandra diana claudia adriana carolina paola andrea natalia laura
valentina sofia camila daniela gabriela isabel isabella mariana juliana alejandra angela monica liliana yolanda blanca
esperanza beatriz elena lucia teresa margarita pilar rocio milagros yuleisi yesenia yusmary yelitza mayerlin leidy
rodriguez gomez gonzalez martinez garcia lopez hernandez sanchez ramirez perez diaz torres rojas moreno vargas ortiz
jimenez castro gutierrez alvarez fernandez ruiz suarez romero valencia munoz herrera medina guerrero rivera mendoza
cardenas pena parra rincon contreras blanco delgado molina salazar mora quintero rangel chacon colmenares marquez
villamizar acevedo mejia restrepo cardona giraldo ospina arias castillo chavez maduro petro uribe duque
"""

_PLACES = ("border_posts", "ve_states", "departments", "municipalities", "countries")


@cache
def common_words() -> tuple[str, ...]:
    """Return the words, the likeliest first; loaded at first use."""
    words = dict.fromkeys([*_WORDS.split(), *_NAMES.split()])
    for name in _PLACES:
        for code in code_lists.code_list(name):
            for label in code.labels.values():
                words.update(dict.fromkeys(word for word in search_key(label).split() if len(word) > 3))
    return tuple(words)


@cache
def common_names() -> frozenset[str]:
    """Return the given names and surnames among the words."""
    return frozenset(_NAMES.split())
